package dev.lanes.api;

import dev.lanes.ledger.Fleet;
import dev.lanes.ledger.Ledger;
import dev.lanes.ledger.TaskView;
import dev.lanes.race.Demo;
import dev.lanes.race.Races;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.operators.multi.processors.BroadcastProcessor;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What happens, as it happens. */
@Path("/api/events")
@Tag(name = "status")
public final class EventsResource {
    private final Sse sse;
    private final Multi<OutboundSseEvent> everySecond;
    private final BroadcastProcessor<TaskView> ends = BroadcastProcessor.create();
    private final Fleet fleet;
    private final Ledger ledger;
    private final Demo demo;
    private final Races races;

    EventsResource(Sse sse, Fleet fleet, Ledger ledger, Demo demo, Races races) {
        this.sse = sse;
        this.fleet = fleet;
        this.ledger = ledger;
        this.demo = demo;
        this.races = races;
        // One clock for all who listen.
        this.everySecond = Multi.createFrom()
                .ticks()
                .every(Duration.ofSeconds(1))
                .onOverflow()
                .drop()
                .onItem()
                .transformToIterable(tick -> now())
                .broadcast()
                .withCancellationAfterLastSubscriberDeparture()
                .toAllSubscribers();
        ledger.sample(ends::onNext);
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(
            summary = "Server-sent events",
            description =
                    "lanes, summary and processes once a second; task: a sample of those that end; demo and race: their progress")
    public Multi<OutboundSseEvent> events() {
        return Multi.createBy()
                .merging()
                .streams(
                        Multi.createFrom().iterable(now()),
                        everySecond.onOverflow().drop(),
                        ends.onOverflow().drop().map(task -> event("task", TaskBody.of(task))),
                        demo.progress().onOverflow().drop().map(report -> event("demo", report)),
                        races.progress().onOverflow().drop().map(report -> event("race", report)));
    }

    private List<OutboundSseEvent> now() {
        return List.of(
                event("lanes", fleet.lanes()),
                event("summary", Totals.of(ledger)),
                event("processes", fleet.processes()));
    }

    private OutboundSseEvent event(String name, Object data) {
        return sse.newEventBuilder()
                .name(name)
                .mediaType(MediaType.APPLICATION_JSON_TYPE)
                .data(data)
                .build();
    }
}
