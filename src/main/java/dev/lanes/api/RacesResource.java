package dev.lanes.api;

import dev.lanes.handler.Handlers;
import dev.lanes.pipeline.Intake;
import dev.lanes.race.Bench;
import dev.lanes.race.RaceReport;
import dev.lanes.race.RaceRequest;
import dev.lanes.race.Races;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Races: the same work on several lanes, measured beside Kafka's clients alone. */
@Path("/api/races")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "races")
public final class RacesResource {
    private final Races races;
    private final Handlers handlers;
    private final Intake intake;

    RacesResource(Races races, Handlers handlers, Intake intake) {
        this.races = races;
        this.handlers = handlers;
        this.intake = intake;
    }

    @POST
    @Blocking
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Start a race",
            description = "In turn: each lane gets JVMs of its own, and one at a time has the machine. Together: on the"
                    + " lanes that run. A race waits for those before it.")
    public Response start(byte[] body) {
        RaceRequest request = RaceBody.read(body, handlers, intake);
        races.hindrance(request).ifPresent(why -> {
            throw new Refused(409, why, null);
        });
        RaceReport race = races.start(request);
        return Response.accepted(race)
                .header(HttpHeaders.LOCATION, "/api/races/" + race.id())
                .build();
    }

    @DELETE
    @Path("/{id}")
    @Operation(summary = "Cancel a race")
    public Response cancel(String id) {
        RaceReport race = one(id);
        if (!races.cancel(id)) {
            throw new Refused(409, "the race " + id + " has ended: it is " + race.state(), null);
        }
        return Response.accepted(one(id)).build();
    }

    @GET
    @Operation(summary = "The races, the newest last")
    public List<RaceReport> all() {
        return races.all();
    }

    @GET
    @Path("/bench")
    @Operation(summary = "The fixed list of races that the bench runs")
    public List<Bench.Workload> bench() {
        return Bench.WORKLOADS;
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "How far a race is, and what came of it")
    public RaceReport one(String id) {
        return races.find(id).orElseThrow(() -> new Refused(404, "there is no race " + id, null));
    }
}
