package dev.lanes.api;

import dev.lanes.race.cost.CostReport;
import dev.lanes.race.cost.Costs;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Costs: what is around the lanes, measured here and now. */
@Path("/api/costs")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "costs")
public final class CostsResource {
    private final Costs costs;

    CostsResource(Costs costs) {
        this.costs = costs;
    }

    @GET
    @Operation(summary = "All costs, and what came of those that have been measured since this process started")
    public List<CostReport> all() {
        return costs.all();
    }

    @GET
    @Path("/{name}")
    @Operation(summary = "One cost: how far its measurement is, and what came of it")
    public CostReport one(String name) {
        return known(name, costs.find(name));
    }

    @POST
    @Path("/{name}")
    @Operation(
            summary = "Measure one cost",
            description = "In so many rounds, after what has the machine before it; GET tells how far it is.")
    public Response start(String name, @QueryParam("repeat") Optional<String> repeat) {
        int rounds = Numbers.between("repeat", repeat, Costs.DEFAULT_ROUNDS, 1, Costs.MAX_ROUNDS);
        one(name);
        costs.hindrance().ifPresent(why -> {
            throw new Refused(409, why, null);
        });
        return Response.accepted(known(name, costs.start(name, rounds))).build();
    }

    @DELETE
    @Path("/{name}")
    @Operation(summary = "Cancel the measurement of a cost")
    public Response cancel(String name) {
        one(name);
        if (!costs.cancel(name)) {
            throw new Refused(409, "the cost " + name + " is not being measured", null);
        }
        return Response.accepted(one(name)).build();
    }

    private static CostReport known(String name, Optional<CostReport> cost) {
        return cost.orElseThrow(() -> new Refused(
                404,
                "there is no cost '" + name + "'; ./lanes bench --list, or GET /api/costs, tells which there are",
                "name"));
    }
}
