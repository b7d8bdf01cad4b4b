package dev.lanes.pipeline;

import java.nio.charset.StandardCharsets;
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

    /** Of the longest time that there is. */
    static final int MAX_LENGTH = Instant.MAX.toString().length();

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

    /**
     * Writes the same as {@link Instant#toString}, in ASCII.
     *
     * @param text has room for {@link #MAX_LENGTH} bytes
     * @return where it ends
     */
    static int write(Instant time, byte[] text, int offset) {
        LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(time.getEpochSecond(), SECONDS_A_DAY));
        if (date.getYear() < THOUSAND || date.getYear() > LAST_USUAL_YEAR) {
            byte[] unusual = time.toString().getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(unusual, 0, text, offset, unusual.length);
            return offset + unusual.length;
        }
        int second = Math.floorMod(time.getEpochSecond(), SECONDS_A_DAY);
        int end = digits(date.getYear(), 4, text, offset);
        end = after('-', date.getMonthValue(), 2, text, end);
        end = after('-', date.getDayOfMonth(), 2, text, end);
        end = after('T', second / 3600, 2, text, end);
        end = after(':', second / 60 % 60, 2, text, end);
        end = after(':', second % 60, 2, text, end);
        int nanos = time.getNano();
        if (nanos % MILLION != 0) {
            end = nanos % THOUSAND != 0 ? after('.', nanos, 9, text, end) : after('.', nanos / THOUSAND, 6, text, end);
        } else if (nanos != 0) {
            end = after('.', nanos / MILLION, 3, text, end);
        }
        text[end] = 'Z';
        return end + 1;
    }

    private static int after(char mark, int number, int digits, byte[] text, int offset) {
        text[offset] = (byte) mark;
        return digits(number, digits, text, offset + 1);
    }

    private static int digits(int number, int digits, byte[] text, int offset) {
        int left = number;
        for (int at = offset + digits - 1; at >= offset; at--) {
            text[at] = (byte) ('0' + left % 10);
            left /= 10;
        }
        return offset + digits;
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
