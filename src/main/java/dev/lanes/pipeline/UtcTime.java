package dev.lanes.pipeline;

import java.time.Instant;
import java.time.LocalDate;

/**
 * Reads and writes times as records hold them, {@code 2026-01-31T12:00:00.123456Z}, in a fraction of the time that
 * {@link Instant} takes itself: each task brings some.
 */
final class UtcTime {
    /** Without a fraction and its zone. */
    private static final int SECONDS_END = "2026-01-31T12:00:00".length();

    private static final int MAX_FRACTION = 9;
    private static final int THOUSAND = 1000;
    private static final int MILLION = 1_000_000;
    private static final int SECONDS_A_DAY = 86_400;
    private static final int LAST_USUAL_YEAR = 9999;

    private UtcTime() {}

    /**
     * The same as {@link Instant#parse}.
     *
     * @throws java.time.DateTimeException when the text is no time
     */
    static Instant parse(String text) {
        int end = text.length() - 1;
        boolean usual = end >= SECONDS_END
                && end <= SECONDS_END + 1 + MAX_FRACTION
                && text.charAt(4) == '-'
                && text.charAt(7) == '-'
                && text.charAt(10) == 'T'
                && text.charAt(13) == ':'
                && text.charAt(16) == ':'
                && (end == SECONDS_END || text.charAt(SECONDS_END) == '.' && end > SECONDS_END + 1)
                && text.charAt(end) == 'Z';
        int hour = usual ? number(text, 11, 13) : -1;
        int minute = usual ? number(text, 14, 16) : -1;
        int second = usual ? number(text, 17, 19) : -1;
        int year = usual ? number(text, 0, 4) : -1;
        int month = usual ? number(text, 5, 7) : -1;
        int day = usual ? number(text, 8, 10) : -1;
        int fraction = !usual ? -1 : end == SECONDS_END ? 0 : number(text, SECONDS_END + 1, end);
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
            return Instant.parse(text);
        }
        if (year < 0 || month < 0 || day < 0 || fraction < 0) {
            return Instant.parse(text);
        }
        long days = LocalDate.of(year, month, day).toEpochDay();
        return Instant.ofEpochSecond(((days * 24 + hour) * 60 + minute) * 60 + second, nanos(fraction, end));
    }

    /** Appends the same as {@link Instant#toString}. */
    static void append(StringBuilder text, Instant time) {
        LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(time.getEpochSecond(), SECONDS_A_DAY));
        if (date.getYear() < THOUSAND || date.getYear() > LAST_USUAL_YEAR) {
            text.append(time);
            return;
        }
        int second = Math.floorMod(time.getEpochSecond(), SECONDS_A_DAY);
        text.append(date.getYear());
        two(text.append('-'), date.getMonthValue());
        two(text.append('-'), date.getDayOfMonth());
        two(text.append('T'), second / 3600);
        two(text.append(':'), second / 60 % 60);
        two(text.append(':'), second % 60);
        int nanos = time.getNano();
        if (nanos != 0) {
            text.append('.');
            three(text, nanos / MILLION);
            if (nanos % MILLION != 0) {
                three(text, nanos / THOUSAND % THOUSAND);
            }
            if (nanos % THOUSAND != 0) {
                three(text, nanos % THOUSAND);
            }
        }
        text.append('Z');
    }

    private static void two(StringBuilder text, int number) {
        text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }

    private static void three(StringBuilder text, int number) {
        text.append((char) ('0' + number / 100));
        two(text, number % 100);
    }

    private static int nanos(int fraction, int end) {
        int nanos = fraction;
        for (int digits = end - SECONDS_END - 1; digits < MAX_FRACTION; digits++) {
            nanos *= 10;
        }
        return nanos;
    }

    /** The number that these characters are; negative when they are none. */
    private static int number(String text, int from, int end) {
        int number = 0;
        for (int at = from; at < end; at++) {
            int digit = text.charAt(at) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
