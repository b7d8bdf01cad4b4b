package dev.lanes.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lanes.ledger.Ledger;
import dev.lanes.ledger.TaskView;
import dev.lanes.pipeline.Intake;
import dev.lanes.pipeline.Malformed;
import dev.lanes.task.RawJson;
import dev.lanes.task.Task;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeoutException;

/** Publishes one task. */
@Singleton
final class Publishing {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration LEDGER_PATIENCE = Duration.ofSeconds(2);
    /** With those of the same key that came before. */
    private static final Duration TURN_PATIENCE = Duration.ofSeconds(10);

    private static final JsonMapper JSON = new JsonMapper();

    private final Intake intake;
    private final Ledger ledger;
    private final InTurn inTurn = new InTurn();

    Publishing(Intake intake, Ledger ledger) {
        this.intake = intake;
        this.ledger = ledger;
    }

    Uni<Response> publish(SubmittedTask submitted) {
        Intake.Checked checked = check(submitted);
        return checked.idempotent() ? publishOnce(checked) : publish(checked);
    }

    private Intake.Checked check(SubmittedTask submitted) {
        if (submitted.tooLarge()) {
            throw new Refused(
                    413, "the task is too large: its payload may have " + Task.MAX_PAYLOAD_BYTES + " bytes", "payload");
        }
        try {
            return intake.check(submitted.json(), 0, submitted.json().length, null);
        } catch (Malformed wrong) {
            throw refused(wrong);
        }
    }

    static Refused refused(Malformed wrong) {
        int status = switch (wrong.kind()) {
            case WRONG -> 400;
            case TOO_LARGE -> 413;
            case NOT_ON_THIS_LANE -> 422;
        };
        return new Refused(status, wrong.reason(), wrong.field());
    }

    private Uni<Response> publish(Intake.Checked checked) {
        Uni<Response> answer = Uni.createFrom()
                .completionStage(() -> intake.publish(checked.task()))
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .map(written -> Response.accepted(TaskBody.of(checked))
                        .header(
                                HttpHeaders.LOCATION,
                                "/api/tasks/" + checked.task().id())
                        .build())
                .onFailure()
                .transform(away -> kafkaAway());
        return intake.mayWait(checked.task())
                ? answer.runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                : answer;
    }

    static Refused kafkaAway() {
        return new Refused(503, "Kafka does not answer: the task may not have been taken; try again later", null);
    }

    /** One with an idempotency key: two at once must not both find that neither has been published. */
    Uni<Response> publishOnce(Intake.Checked checked) {
        return inTurn.run(checked.task().id(), TURN_PATIENCE, () -> publishUnlessKnown(checked))
                .onFailure(TimeoutException.class)
                .transform(busy -> new Refused(
                        503,
                        "others of the same key that came before are not answered yet; try again later",
                        "idempotencyKey"));
    }

    private Uni<Response> publishUnlessKnown(Intake.Checked checked) {
        return Uni.createFrom()
                .completionStage(ledger::caughtUpWithNow)
                .ifNoItem()
                .after(LEDGER_PATIENCE)
                .fail()
                .onFailure()
                .transform(away -> kafkaAway())
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .chain(() -> ledger.find(checked.task().id())
                        .map(known -> Uni.createFrom().item(again(checked.task(), ledger.withDetails(known))))
                        .orElseGet(() -> publish(checked)));
    }

    private static boolean sameJson(RawJson one, RawJson other) {
        try {
            return JSON.readTree(one.toString()).equals(JSON.readTree(other.toString()));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("both have been read before", impossible);
        }
    }

    private Response again(Task task, TaskView known) {
        boolean same = known.type().equals(task.type())
                && known.lane() == task.lane()
                && Objects.equals(known.key(), task.key())
                && ledger.published(known).map(before -> same(before, task)).orElse(true);
        if (!same) {
            throw new Refused(409, "the key stands for another task already: " + known.id(), "idempotencyKey");
        }
        return Response.ok(TaskBody.of(known)).build();
    }

    private static boolean same(Task before, Task task) {
        return before.ordered() == task.ordered()
                && before.limits().equals(task.limits())
                && sameJson(before.payload(), task.payload())
                && (before.attempt() > 1 || before.generation() > 1 || sameTime(before, task));
    }

    /** A delay counts from its submission, and so gives another time each time. */
    private static boolean sameTime(Task before, Task task) {
        return Objects.equals(before.notBefore(), task.notBefore())
                || Duration.between(before.submittedAt(), before.readyAt())
                        .equals(Duration.between(task.submittedAt(), task.readyAt()));
    }
}
