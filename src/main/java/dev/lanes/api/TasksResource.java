package dev.lanes.api;

import dev.lanes.ledger.TaskQuery;
import dev.lanes.task.LaneName;
import dev.lanes.task.TaskState;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Tasks: published, looked at, listed. */
@Path("/api/tasks")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "tasks")
public final class TasksResource {
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 1000;

    private final Publishing publishing;
    private final BatchPublishing batches;
    private final TaskLookup lookup;

    TasksResource(Publishing publishing, BatchPublishing batches, TaskLookup lookup) {
        this.publishing = publishing;
        this.batches = batches;
        this.lookup = lookup;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @NonBlocking
    @Operation(summary = "Publish a task", description = "Answers once Kafka has the task.")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = Object.class),
                            examples =
                                    @ExampleObject(
                                            name = "sleep",
                                            value =
                                                    "{\"type\":\"sleep\",\"payload\":{\"ms\":10},\"lane\":\"reactive\"}")))
    @APIResponse(responseCode = "202", description = "Kafka has it")
    @APIResponse(responseCode = "200", description = "Known already by its idempotency key")
    @APIResponse(responseCode = "400", description = "The task is wrong; the problem names the field")
    @APIResponse(responseCode = "409", description = "The idempotency key stands for another task")
    @APIResponse(responseCode = "413", description = "The payload is too large")
    @APIResponse(responseCode = "422", description = "The lane cannot keep the order that the key asks for")
    @APIResponse(responseCode = "503", description = "Kafka is away")
    public Uni<Response> publish(
            @Parameter(hidden = true) @HeaderParam("X-Batch-Id") Optional<String> batch, @Nullable SubmittedTask body) {
        if (batch.isPresent()) {
            throw Refused.badRequest(
                    "X-Batch-Id", "names a stream of tasks (application/x-ndjson); one task has an idempotencyKey");
        }
        return publishing.publish(body == null ? new SubmittedTask(new byte[0]) : body);
    }

    @POST
    @Consumes("application/x-ndjson")
    @Blocking
    @Operation(
            summary = "Publish a stream of tasks",
            description = "One task a line, of any number. Sending a batch again under its name doubles nothing.")
    @APIResponse(responseCode = "200", description = "How many were taken, and which were not")
    @APIResponse(responseCode = "400", description = "The body was cut; the problem names the line")
    public Response publishBatch(@HeaderParam("X-Batch-Id") Optional<String> batch, InputStream body) {
        return batches.publish(batch, body);
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "A task with every attempt", description = "Waits for its end, for up to waitMs.")
    @APIResponse(responseCode = "404", description = "There is no such task")
    @APIResponse(responseCode = "410", description = "It is older than what the ledger keeps")
    public Uni<TaskBody> get(@PathParam("id") String id, @QueryParam("waitMs") Optional<String> waitMs) {
        return lookup.get(id, Numbers.between("waitMs", waitMs, 0, 0, 60_000));
    }

    @DELETE
    @Path("/{id}")
    @Operation(
            summary = "Cancel a task",
            description =
                    "One that waits never runs; one that runs is stopped as its lane can. A wish: it may end before.")
    @APIResponse(responseCode = "202", description = "Every process has been asked")
    @APIResponse(responseCode = "404", description = "There is no such task")
    @APIResponse(responseCode = "409", description = "It has ended")
    @APIResponse(responseCode = "503", description = "Kafka is away")
    public Uni<Response> cancel(@PathParam("id") String id) {
        return lookup.cancel(id).map(task -> Response.accepted(task).build());
    }

    /** A list, newest first; {@code next} is null at its end. */
    public record TaskList(List<TaskBody> tasks, @Nullable String next) {}

    @GET
    @Blocking
    @Operation(summary = "Tasks, newest first", description = "Without payloads and results.")
    public TaskList list(
            @QueryParam("state") Optional<String> state,
            @QueryParam("lane") Optional<String> lane,
            @QueryParam("type") Optional<String> type,
            @QueryParam("batch") Optional<String> batch,
            @QueryParam("key") Optional<String> key,
            @QueryParam("limit") Optional<String> limit,
            @QueryParam("cursor") Optional<String> cursor) {
        TaskQuery.Page page = lookup.list(new TaskQuery(
                state.map(TasksResource::state).orElse(null),
                lane.map(TasksResource::lane).orElse(null),
                type.orElse(null),
                batch.orElse(null),
                key.orElse(null),
                Numbers.between("limit", limit, DEFAULT_LIMIT, 1, MAX_LIMIT),
                cursor.map(TasksResource::cursor).orElse(null)));
        return new TaskList(
                page.tasks().stream().map(TaskBody::of).toList(),
                page.next().map(Object::toString).orElse(null));
    }

    private static TaskState state(String text) {
        return Arrays.stream(TaskState.values())
                .filter(state -> state.name().equals(text.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() ->
                        Refused.badRequest("state", "unknown state; there are " + Arrays.toString(TaskState.values())));
    }

    private static LaneName lane(String text) {
        return LaneName.parse(text)
                .orElseThrow(() -> Refused.badRequest("lane", "unknown lane; there are " + LaneName.all()));
    }

    private static TaskQuery.Cursor cursor(String text) {
        return TaskQuery.Cursor.parse(text)
                .orElseThrow(() -> Refused.badRequest("cursor", "must be the 'next' of the list before"));
    }
}
