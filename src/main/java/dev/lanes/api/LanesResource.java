package dev.lanes.api;

import dev.lanes.ledger.Fleet;
import dev.lanes.ledger.LaneView;
import dev.lanes.pipeline.Control;
import dev.lanes.pipeline.LaneSetting;
import dev.lanes.pipeline.LaneSettings;
import dev.lanes.process.WorkerProcesses;
import dev.lanes.task.LaneName;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The lanes: what they do, and what they shall do. */
@Path("/api/lanes")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "lanes")
public final class LanesResource {
    private final Fleet fleet;
    private final LaneSettings settings;
    private final Control control;
    private final WorkerProcesses workers;

    LanesResource(Fleet fleet, LaneSettings settings, Control control, WorkerProcesses workers) {
        this.fleet = fleet;
        this.settings = settings;
        this.control = control;
        this.workers = workers;
    }

    @GET
    @Operation(summary = "The five lanes, each over all processes that run it")
    public List<LaneView> lanes() {
        return fleet.lanes();
    }

    @PATCH
    @Path("/{lane}")
    @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
    @Operation(
            summary = "Pause, resume or resize a lane, in all processes that run it",
            description = "concurrency is per process; of the lane process it is how many processes there are. What is"
                    + " in flight goes on. It holds until it is changed, over restarts.")
    @RequestBody(
            content =
                    @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = LaneBody.class)))
    @APIResponse(responseCode = "200", description = "What is wanted of the lane now")
    @APIResponse(responseCode = "400", description = "It makes no sense; the problem names the field")
    @APIResponse(responseCode = "409", description = "The processes are started by others, who must be asked")
    @APIResponse(responseCode = "503", description = "Kafka is away")
    public Uni<LaneSetting> set(@PathParam("lane") String name, byte[] json) {
        LaneName lane = LaneName.parse(name)
                .orElseThrow(() -> new Refused(404, "unknown lane; there are " + LaneName.all(), "lane"));
        LaneBody body = LaneBody.read(json, lane);
        if (lane == LaneName.PROCESS && body.concurrency() != null && !workers.supervises()) {
            throw new Refused(
                    409,
                    "the worker processes are not started by this one: start more or fewer of them, as with"
                            + " LANES_PROCESSES=8 docker compose up -d",
                    "concurrency");
        }
        LaneSetting wanted = body.over(settings.of(lane));
        return Uni.createFrom()
                .completionStage(() -> control.set(lane, wanted))
                .onFailure()
                .transform(away -> new Refused(503, "Kafka does not answer; try again later", null))
                .replaceWith(wanted);
    }
}
