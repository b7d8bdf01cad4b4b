package dev.lanes.race.fault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.UUID;

/**
 * What a ledger says: the totals, and of each task all that it tells, as the beginning of a SHA-256.
 *
 * @param tasks digests by id
 */
record LedgerPrint(Totals totals, Map<UUID, Long> tasks) {
    /**
     * Takes it.
     *
     * @param batches the names of the batches to which the tasks belong
     */
    static LedgerPrint of(Totals totals, List<String> batches, FrontDoor front) throws IOException {
        Map<UUID, Long> tasks = new HashMap<>();
        for (String batch : batches) {
            front.tasks(batch, task -> tasks.put(UUID.fromString(task.path("id").asText()), digest(task.toString())));
        }
        return new LedgerPrint(totals, tasks);
    }

    static long digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    /** What a later one says otherwise; empty when they are equal. */
    List<String> differences(LedgerPrint later, String since) {
        List<String> differences = new ArrayList<>();
        if (!totals.equals(later.totals)) {
            differences.add("after " + since + " the totals are " + later.totals + ", and were " + totals);
        }
        TreeSet<UUID> ids = new TreeSet<>(tasks.keySet());
        ids.addAll(later.tasks.keySet());
        ids.removeIf(id -> Objects.equals(tasks.get(id), later.tasks.get(id)));
        if (!ids.isEmpty()) {
            differences.add("after " + since + " the ledger tells otherwise of " + ids.size() + " tasks: "
                    + Tally.named(ids.stream().map(UUID::toString).toList()));
        }
        return differences;
    }
}
