package dev.lanes.api;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** A slow service to call, for tasks of the type {@code http}. */
@Path("/lab/echo")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "lab")
public final class LabResource {
    /** What was asked for. */
    public record Echo(int delayMs) {}

    @GET
    @Operation(summary = "Answers after delayMs")
    public Uni<Echo> echo(@QueryParam("delayMs") Optional<String> delayMs) {
        int delay = Numbers.between("delayMs", delayMs, 0, 0, 60_000);
        Uni<Echo> answer = Uni.createFrom().item(new Echo(delay));
        return delay == 0 ? answer : answer.onItem().delayIt().by(Duration.ofMillis(delay));
    }
}
