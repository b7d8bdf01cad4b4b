package dev.lanes.api;

import dev.lanes.ledger.DeadLetters;
import dev.lanes.ledger.DeadView;
import dev.lanes.ledger.KafkaAway;
import dev.lanes.ledger.RedriveJob;
import dev.lanes.ledger.Redrives;
import dev.lanes.pipeline.DeadLetter;
import dev.lanes.task.LaneName;
import dev.lanes.task.TaskId;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Dead letters: tasks that will not be tried again until somebody redrives them. */
@Path("/api/dead")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "dead letters")
public final class DeadResource {
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 1000;

    private final DeadLetters letters;
    private final Redrives redrives;

    DeadResource(DeadLetters letters, Redrives redrives) {
        this.letters = letters;
        this.redrives = redrives;
    }

    /** A dead letter in a list. */
    public record Letter(String id, String type, @Nullable String lane, String reason, Instant at) {
        static Letter of(DeadView view) {
            LaneName lane = view.lane();
            return new Letter(
                    view.id().toString(), view.type(), lane == null ? null : lane.toString(), view.reason(), view.at());
        }
    }

    /** The newest of the letters that were asked for, and how many there are in all. */
    public record Letters(int matched, List<Letter> dead) {}

    /**
     * A whole dead letter; of the original, its key and each header's value the text or the bytes are there, unless the
     * record had none.
     *
     * @param timestamp when the record was written
     * @param attempts those that are known to the letter; the task tells of all, as long as the ledger remembers
     */
    public record WholeLetter(
            String id,
            String type,
            String reason,
            Instant at,
            String topic,
            int partition,
            long offset,
            Instant timestamp,
            @Nullable String key,
            @Nullable String keyBase64,
            List<Header> headers,
            List<TaskBody.AttemptBody> attempts,
            @Nullable String original,
            @Nullable String originalBase64) {}

    /** A header of the record as it came. */
    public record Header(
            String key, @Nullable String value, @Nullable String valueBase64) {}

    /** How many letters a request means, and the first hundred of the ids of which there is none. */
    public record Matched(int matched, int unknownCount, List<String> unknown) {}

    /** How many letters were taken away, and the first hundred of the ids of which there was none. */
    public record Discarded(int matched, int discarded, int unknownCount, List<String> unknown) {}

    @GET
    @Operation(summary = "Dead letters, newest first", description = "Filters as for a redrive.")
    public Letters list(
            @QueryParam("type") Optional<String> type,
            @QueryParam("lane") Optional<String> lane,
            @QueryParam("error") Optional<String> error,
            @QueryParam("since") Optional<String> since,
            @QueryParam("until") Optional<String> until,
            @QueryParam("limit") Optional<String> limit) {
        int most = Numbers.between("limit", limit, DEFAULT_LIMIT, 1, MAX_LIMIT);
        List<DeadView> found = asked(() -> letters.list(DeadBody.query(
                null,
                type.orElse(null),
                lane.orElse(null),
                error.orElse(null),
                since.orElse(null),
                until.orElse(null))));
        return new Letters(
                found.size(), found.stream().limit(most).map(Letter::of).toList());
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "A dead letter with the record as it came")
    @APIResponse(responseCode = "404", description = "The task is not among the dead letters")
    public WholeLetter one(@PathParam("id") String text) {
        TaskId id = TaskId.parse(text).orElseThrow(() -> Refused.badRequest("id", "must be a UUID"));
        DeadLetter letter = asked(() -> letters.find(id).flatMap(letters::open))
                .orElseThrow(() -> new Refused(404, "there is no such dead letter", "id"));
        return whole(letter);
    }

    @POST
    @Path("/redrive")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Give dead tasks back to their lanes",
            description = "By ids or by a filter; at most perSecond of them. With dryRun, tells how many it would be.")
    @RequestBody(
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Object.class)))
    @APIResponse(responseCode = "202", description = "It has begun; Location tells how far it is")
    @APIResponse(responseCode = "404", description = "No dead letter is meant")
    public Response redrive(byte[] json) {
        DeadBody body = DeadBody.read(json, true);
        List<DeadView> meant = meant(body);
        List<TaskId> unknown = body.query().missing(meant);
        if (body.isDryRun()) {
            return Response.ok(matched(meant, unknown)).build();
        }
        RedriveJob job = redrives.start(meant, unknown, body.toLane(), body.rate());
        return Response.accepted(job.progress())
                .header(HttpHeaders.LOCATION, "/api/dead/redrive/" + job.id())
                .build();
    }

    @GET
    @Path("/redrive/{id}")
    @Operation(summary = "How far a redrive is")
    public RedriveJob.Progress progress(@PathParam("id") String id) {
        return job(id).progress();
    }

    @DELETE
    @Path("/redrive/{id}")
    @Operation(summary = "Stop a redrive; what has been redriven runs")
    @APIResponse(responseCode = "409", description = "It has ended")
    public Response stop(@PathParam("id") String id) {
        RedriveJob job = job(id);
        if (!job.stop()) {
            throw new Refused(
                    409, "the redrive has ended: it is " + job.progress().state(), null);
        }
        return Response.accepted(job.progress()).build();
    }

    @POST
    @Path("/discard")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Take dead letters away for good", description = "By ids or by a filter. The tasks stay dead.")
    @RequestBody(
            content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Object.class)))
    @APIResponse(responseCode = "404", description = "No dead letter is meant")
    public Response discard(byte[] json) {
        DeadBody body = DeadBody.read(json, false);
        List<DeadView> meant = meant(body);
        List<TaskId> unknown = body.query().missing(meant);
        if (body.isDryRun()) {
            return Response.ok(matched(meant, unknown)).build();
        }
        int discarded = asked(() -> redrives.discard(meant));
        return Response.ok(new Discarded(meant.size(), discarded, unknown.size(), RedriveJob.named(unknown)))
                .build();
    }

    private static Matched matched(List<DeadView> meant, List<TaskId> unknown) {
        return new Matched(meant.size(), unknown.size(), RedriveJob.named(unknown));
    }

    private List<DeadView> meant(DeadBody body) {
        List<DeadView> meant = asked(() -> letters.list(body.query()));
        if (meant.isEmpty() && !body.isDryRun()) {
            throw new Refused(404, "no dead letter is like that", null);
        }
        return meant;
    }

    private RedriveJob job(String text) {
        return TaskId.parse(text)
                .flatMap(redrives::find)
                .orElseThrow(() -> new Refused(404, "this instance knows no redrive " + text, "id"));
    }

    private static <T> T asked(Supplier<T> question) {
        try {
            return question.get();
        } catch (KafkaAway away) {
            throw new Refused(503, "Kafka does not answer; try again later", null);
        }
    }

    private static WholeLetter whole(DeadLetter letter) {
        return new WholeLetter(
                letter.id().toString(),
                letter.type(),
                letter.reason(),
                letter.at(),
                letter.topic(),
                letter.partition(),
                letter.offset(),
                letter.timestamp(),
                letter.key().text(),
                letter.key().base64(),
                letter.headings().stream()
                        .map(one -> new Header(
                                one.name(), one.value().text(), one.value().base64()))
                        .toList(),
                letter.attempts().stream().map(TaskBody.AttemptBody::of).toList(),
                letter.value().text(),
                letter.value().base64());
    }
}
