package dev.lanes.api;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.lanes.handler.Handlers;
import dev.lanes.handler.RegisteredHandler;
import dev.lanes.ledger.Fleet;
import dev.lanes.ledger.Ledger;
import dev.lanes.ledger.ProcessView;
import dev.lanes.pipeline.Intake;
import dev.lanes.task.LaneName;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** How things stand: totals, processes, types. */
@Path("/api")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "status")
public final class StatusResource {
    private final Ledger ledger;
    private final Fleet fleet;
    private final Handlers handlers;
    private final Intake intake;

    StatusResource(Ledger ledger, Fleet fleet, Handlers handlers, Intake intake) {
        this.ledger = ledger;
        this.fleet = fleet;
        this.handlers = handlers;
        this.intake = intake;
    }

    @GET
    @Path("/summary")
    @Operation(
            summary = "Totals",
            description = "published = succeeded + dead + cancelled + pending; behind while restoring")
    public Totals summary() {
        return Totals.of(ledger);
    }

    @GET
    @Path("/processes")
    @Operation(summary = "The processes that are alive")
    public List<ProcessView> processes() {
        return fleet.processes();
    }

    /** A type of task: which forms its handler has, which lanes take it, and a payload to start from. */
    public record TypeBody(
            String type,
            String description,
            List<String> forms,
            List<String> lanes,
            @JsonRawValue String examplePayload) {
        static TypeBody of(RegisteredHandler handler, List<LaneName> lanes) {
            List<String> forms = new ArrayList<>();
            if (handler.blocking() != null) {
                forms.add("blocking");
            }
            if (handler.nonBlocking() != null) {
                forms.add("non-blocking");
            }
            return new TypeBody(
                    handler.type().value(),
                    handler.type().description(),
                    forms,
                    lanes.stream().map(LaneName::toString).toList(),
                    handler.type().example());
        }
    }

    @GET
    @Path("/types")
    @Operation(summary = "The types of tasks that can be published")
    public List<TypeBody> types() {
        return handlers.all().stream()
                .map(handler -> TypeBody.of(handler, intake.lanesOf(handler)))
                .toList();
    }
}
