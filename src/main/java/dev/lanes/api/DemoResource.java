package dev.lanes.api;

import dev.lanes.race.Demo;
import dev.lanes.race.DemoReport;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The demo: tasks A, B, C on every lane, waiting and computing. */
@Path("/api/demo")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "demo")
public final class DemoResource {
    private final Demo demo;

    DemoResource(Demo demo) {
        this.demo = demo;
    }

    @POST
    @Operation(summary = "Run the demo", description = "Takes about half a minute; GET tells how far it is.")
    public Response run() {
        if (!demo.start()) {
            throw new Refused(409, "the demo runs already; GET /api/demo tells how far it is", null);
        }
        return Response.accepted(demo.report()).build();
    }

    @GET
    @Operation(summary = "How far the demo is, and what came of it")
    public DemoReport report() {
        return demo.report();
    }
}
