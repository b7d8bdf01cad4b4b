package dev.lanes.api;

import dev.lanes.handler.Handlers;
import dev.lanes.race.RaceReport;
import dev.lanes.race.Races;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
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

    RacesResource(Races races, Handlers handlers) {
        this.races = races;
        this.handlers = handlers;
    }

    @POST
    @Blocking
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Start a race",
            description = "Each lane gets JVMs of its own, and one at a time has the machine. A race waits for those"
                    + " before it.")
    public Response start(byte[] body) {
        races.hindrance().ifPresent(why -> {
            throw new Refused(409, why, null);
        });
        RaceReport race = races.start(RaceBody.read(body, handlers));
        return Response.accepted(race)
                .location(URI.create("/api/races/" + race.id()))
                .build();
    }

    @GET
    @Operation(summary = "The races since this process started, the newest last")
    public List<RaceReport> all() {
        return races.all();
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "How far a race is, and what came of it")
    public RaceReport one(String id) {
        return races.find(id).orElseThrow(() -> new Refused(404, "there is no race " + id, null));
    }
}
