package dev.lanes.race.fault;

import dev.lanes.task.LaneName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Tasks of all kinds in a random order: of a hundred, 57 do nothing, two of them with a key, 29 sleep for a moment, 8
 * compute for less than a millisecond, one sleeps for long, one waits for its time, two fail once, one of them with a
 * key, one is to be cancelled, and one is poison. Of the poison half fails in every attempt, half says that no other
 * attempt would help; on {@code process} one in fifty kills its process instead. Of those to be cancelled half wait for
 * their time, and half sleep when it is their turn, both for longer than anybody waits.
 *
 * <p>They sleep as much longer as a lane has more in flight, so that every lane has work for about as long: 20,000 of
 * them for half a minute.
 */
final class Mixture {
    private static final int HUNDRED = 100;
    private static final int SHORT_SLEEP_MS = 1;
    private static final int LONG_SLEEP_MS = 100;
    private static final int ITERATIONS = 200;
    /** Not more, as each ends three processes, and processes that die one after the other pause up to 30 s each time. */
    private static final int CRASH_OF_POISON = 50;

    private static final int KEYS = 10;
    private static final int DELAY_STEP_MS = 500;
    private static final int DELAY_STEPS = 10;
    private static final int FOR_EVER_MS = 600_000;

    private final LaneName lane;
    private final int inFlight;
    private int poison;
    private int keyed;
    private int delayed;
    private int cancelled;

    private Mixture(LaneName lane, int inFlight) {
        this.lane = lane;
        this.inFlight = inFlight;
    }

    /** A task as it is published, and what has to become of it. */
    record Line(String json, Expected expected) {}

    /**
     * So many tasks for this lane.
     *
     * @param inFlight how many of them it runs at once
     */
    static List<Line> of(LaneName lane, int count, int inFlight, Random random) {
        Mixture mixture = new Mixture(lane, inFlight);
        List<Line> lines = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            lines.add(mixture.line(number % HUNDRED));
        }
        Collections.shuffle(lines, random);
        return lines;
    }

    private Line line(int percent) {
        if (percent < 1) {
            return poison();
        } else if (percent < 2) {
            return line("fail", "{\"times\":1}", Expected.SUCCESS_AT_SECOND);
        } else if (percent < 3) {
            return sleep(LONG_SLEEP_MS);
        } else if (percent < 11) {
            return line("hash", "{\"iterations\":" + ITERATIONS + "}", Expected.SUCCESS);
        } else if (percent < 13) {
            return line("noop", "{}", Expected.SUCCESS, key());
        } else if (percent < 14) {
            return line("fail", "{\"times\":1}", Expected.SUCCESS_AT_SECOND, key());
        } else if (percent < 15) {
            return line("noop", "{}", Expected.SUCCESS, delay(DELAY_STEP_MS * (1 + delayed++ % DELAY_STEPS)));
        } else if (percent < 16) {
            return toBeCancelled();
        }
        return percent < 45 ? sleep(SHORT_SLEEP_MS) : line("noop", "{}", Expected.SUCCESS);
    }

    private Line sleep(int ms) {
        return line("sleep", "{\"ms\":" + ms * inFlight + "}", Expected.SUCCESS);
    }

    private Line poison() {
        int number = poison++;
        if (lane == LaneName.PROCESS && number % CRASH_OF_POISON == CRASH_OF_POISON / 2) {
            return line("crash", "{}", Expected.DEATH_WITH_ITS_PROCESS);
        }
        return number % 2 == 0
                ? line("fail", "{\"permanent\":true}", Expected.DEATH_AT_ONCE)
                : line("fail", "{}", Expected.DEATH_AT_THIRD);
    }

    private Line toBeCancelled() {
        return cancelled++ % 2 == 0
                ? line("noop", "{}", Expected.CANCELLATION, delay(FOR_EVER_MS))
                : line("sleep", "{\"ms\":" + FOR_EVER_MS + "}", Expected.CANCELLATION);
    }

    /** The queue of processes keeps no order, and takes no key of which one does not say so. */
    private String key() {
        String key = ",\"key\":\"" + keyed++ % KEYS + "\"";
        return lane == LaneName.PROCESS ? key + ",\"ordered\":false" : key;
    }

    private static String delay(int ms) {
        return ",\"delayMs\":" + ms;
    }

    private Line line(String type, String payload, Expected expected) {
        return line(type, payload, expected, "");
    }

    private Line line(String type, String payload, Expected expected, String more) {
        return new Line(
                String.format(
                        Locale.ROOT, "{\"type\":\"%s\",\"lane\":\"%s\",\"payload\":%s%s}", type, lane, payload, more),
                expected);
    }
}
