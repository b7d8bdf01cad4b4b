package dev.lanes.task;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A task's identity: a UUID, kept as its two halves.
 *
 * <p>Version 7 (time-ordered) for a task published by itself, version 5 (name-based) where the same submission must
 * always get the same id.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9562">RFC 9562, sections 5.5 and 5.7</a>
 */
public record TaskId(long high, long low) implements Comparable<TaskId> {
    private static final SecureRandom RANDOM = new SecureRandom();
    /** To be cloned, as that takes a fraction of what finding an implementation does. */
    private static final MessageDigest NAMESPACE = namespace(new UUID(0x6c616e65732e4d76L, 0x8f5a9e1f6b7c3d21L));

    /** A new version 7 id of this moment. */
    public static TaskId create(Instant now) {
        byte[] random = new byte[10];
        RANDOM.nextBytes(random);
        ByteBuffer bits = ByteBuffer.wrap(random);
        long high = now.toEpochMilli() << 16 | 0x7000 | bits.getShort() & 0x0fff;
        return new TaskId(high, variant(bits.getLong()));
    }

    /** The version 5 id of a name: the same for the same parts, on every machine. */
    public static TaskId named(String... parts) {
        MessageDigest sha1 = inNamespace();
        for (String part : parts) {
            sha1.update(part.getBytes(StandardCharsets.UTF_8));
            sha1.update((byte) 0);
        }
        ByteBuffer bits = ByteBuffer.wrap(sha1.digest());
        return new TaskId(bits.getLong() & ~0xf000L | 0x5000, variant(bits.getLong()));
    }

    /** Reads a UUID in its usual form of 36 characters; empty for anything else. */
    public static Optional<TaskId> parse(String text) {
        if (text.length() != 36 || !hyphenated(text)) {
            return Optional.empty();
        }
        try {
            long high = hex(text, 0, 8) << 32 | hex(text, 9, 13) << 16 | hex(text, 14, 18);
            long low = hex(text, 19, 23) << 48 | hex(text, 24, 36);
            return Optional.of(new TaskId(high, low));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static boolean hyphenated(String text) {
        return text.charAt(8) == '-' && text.charAt(13) == '-' && text.charAt(18) == '-' && text.charAt(23) == '-';
    }

    private static long hex(String text, int from, int end) {
        return HexFormat.fromHexDigitsToLong(text, from, end);
    }

    /** When the id was made, to the millisecond; empty unless it is a version 7 id. */
    public Optional<Instant> time() {
        return (high >>> 12 & 0xf) == 7 ? Optional.of(Instant.ofEpochMilli(high >>> 16)) : Optional.empty();
    }

    @Override
    public int compareTo(TaskId other) {
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    /** Written out, as that of a record is called indirectly, and each task is looked up several times. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TaskId id && high == id.high && low == id.low;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(high ^ low);
    }

    @Override
    public String toString() {
        return new UUID(high, low).toString();
    }

    private static long variant(long bits) {
        return bits & 0x3fffffffffffffffL | 0x8000000000000000L;
    }

    /** The digest of a namespace, to which the name is to be added. */
    private static MessageDigest namespace(UUID uuid) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(ByteBuffer.allocate(16)
                    .putLong(uuid.getMostSignificantBits())
                    .putLong(uuid.getLeastSignificantBits())
                    .array());
            return sha1;
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-1", impossible);
        }
    }

    private static MessageDigest inNamespace() {
        try {
            return (MessageDigest) NAMESPACE.clone();
        } catch (CloneNotSupportedException impossible) {
            throw new IllegalStateException("the platform's SHA-1 can be cloned", impossible);
        }
    }
}
