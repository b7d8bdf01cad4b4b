package dev.lanes.api;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What stands for others' services: a slow one to call, for tasks of the type {@code http}, and one to be measured beside. */
@Path("/lab/echo")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "lab")
public final class LabResource {
    /** What was asked for. */
    public record Echo(int delayMs) {}

    /** A task as somebody would read it who does nothing with it. */
    public record Submission(
            @Nullable String type,
            @Nullable String lane,
            @Nullable Map<String, Object> payload) {}

    /** The answer to a submission. */
    public record Received(@Nullable String type) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Reads a task and does nothing with it",
            description = "For the bench alone: what publishing over REST costs is measured beside it.")
    public Response receive(@Nullable Submission submission) {
        return Response.accepted(new Received(submission == null ? null : submission.type()))
                .build();
    }

    @GET
    @Operation(summary = "Answers after delayMs")
    public Uni<Echo> echo(@QueryParam("delayMs") Optional<String> delayMs) {
        int delay = Numbers.between("delayMs", delayMs, 0, 0, 60_000);
        Uni<Echo> answer = Uni.createFrom().item(new Echo(delay));
        return delay == 0 ? answer : answer.onItem().delayIt().by(Duration.ofMillis(delay));
    }
}
