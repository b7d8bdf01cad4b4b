package dev.lanes.ledger;

import static java.util.Objects.requireNonNull;

import dev.lanes.task.TaskId;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The entries of all tasks by their ids, packed into pages of rows. Were each an object of its own, with its attempts
 * and their times, then to keep hundreds of thousands of them would cost the garbage collector more than the ledger does
 * otherwise.
 *
 * <p>What is got is a copy: what is changed of it counts once it has been put. Not thread-safe.
 *
 * @see <a href="https://en.wikipedia.org/wiki/Linear_probing">Linear probing, by which a row is found</a>
 */
final class Entries {
    private static final int FIRST_SLOTS = 4096;
    /** So that those who publish cannot choose ids that share a slot. */
    private static final long SALT = new SecureRandom().nextLong();

    /** By the number of the page; null where it has been given up. */
    private final List<@Nullable EntryPage> pages = new ArrayList<>();

    private final Deque<Integer> givenUp = new ArrayDeque<>();
    /** The numbers of the pages that are not full. */
    private final Deque<Integer> withRoom = new ArrayDeque<>();

    /** By the id: the number of its row and one, or zero. At most half of them are taken. */
    private int[] slots = new int[FIRST_SLOTS];

    private int size;

    int size() {
        return size;
    }

    @Nullable
    Entry get(TaskId id) {
        int row = slots[slot(id.high(), id.low())] - 1;
        return row < 0 ? null : page(row).get(row % EntryPage.ROWS);
    }

    /** Keeps an entry, in place of that of the same id if there is one. */
    void put(Entry entry) {
        int slot = slot(entry.id.high(), entry.id.low());
        int row = slots[slot] - 1;
        if (row < 0) {
            row = takeRow();
            slots[slot] = row + 1;
            size++;
        }
        page(row).put(row % EntryPage.ROWS, entry);
        if (size > slots.length / 2) {
            makeRoom();
        }
    }

    void remove(TaskId id) {
        int slot = slot(id.high(), id.low());
        int row = slots[slot] - 1;
        if (row >= 0) {
            close(slot);
            free(row);
            size--;
        }
    }

    /** Copies of all of them, in no order; none may be put or removed meanwhile. */
    Stream<Entry> all() {
        return IntStream.range(0, pages.size() * EntryPage.ROWS)
                .filter(this::isTaken)
                .mapToObj(row -> page(row).get(row % EntryPage.ROWS));
    }

    void clear() {
        pages.clear();
        givenUp.clear();
        withRoom.clear();
        slots = new int[FIRST_SLOTS];
        size = 0;
    }

    private EntryPage page(int row) {
        return requireNonNull(pages.get(row / EntryPage.ROWS));
    }

    private boolean isTaken(int row) {
        EntryPage page = pages.get(row / EntryPage.ROWS);
        return page != null && !page.isFree(row % EntryPage.ROWS);
    }

    private int takeRow() {
        if (withRoom.isEmpty()) {
            addPage();
        }
        int number = withRoom.element();
        EntryPage page = requireNonNull(pages.get(number));
        int row = page.takeRow();
        if (page.isFull()) {
            withRoom.remove();
        }
        return number * EntryPage.ROWS + row;
    }

    private void addPage() {
        if (givenUp.isEmpty()) {
            givenUp.add(pages.size());
            pages.add(null);
        }
        int number = givenUp.remove();
        pages.set(number, new EntryPage());
        withRoom.add(number);
    }

    private void free(int row) {
        int number = row / EntryPage.ROWS;
        EntryPage page = page(row);
        if (page.isFull()) {
            withRoom.add(number);
        }
        page.free(row % EntryPage.ROWS);
        // The last one stays: it would soon be needed again.
        if (page.isEmpty() && withRoom.size() > 1) {
            withRoom.remove(number);
            pages.set(number, null);
            givenUp.add(number);
        }
    }

    /** The slot of an id, or the free one where it would belong. */
    private int slot(long high, long low) {
        int slot = home(high, low);
        for (int row = slots[slot] - 1; row >= 0; row = slots[slot] - 1) {
            EntryPage page = page(row);
            if (page.low(row % EntryPage.ROWS) == low && page.high(row % EntryPage.ROWS) == high) {
                return slot;
            }
            slot = slot + 1 & slots.length - 1;
        }
        return slot;
    }

    /** The slot where the search for an id begins. */
    private int home(long high, long low) {
        long mixed = (high ^ SALT) * 0x9e3779b97f4a7c15L + low;
        mixed = (mixed ^ mixed >>> 32) * 0xd6e8feb86659fd93L;
        return (int) (mixed >>> 32) & slots.length - 1;
    }

    /** Frees a slot, and lets those that are found by passing it move up. */
    private void close(int slot) {
        int mask = slots.length - 1;
        int gap = slot;
        for (int next = gap + 1 & mask; slots[next] != 0; next = next + 1 & mask) {
            int row = slots[next] - 1;
            int home = home(page(row).high(row % EntryPage.ROWS), page(row).low(row % EntryPage.ROWS));
            if ((next - home & mask) >= (next - gap & mask)) {
                slots[gap] = slots[next];
                gap = next;
            }
        }
        slots[gap] = 0;
    }

    private void makeRoom() {
        int[] before = slots;
        slots = new int[2 * before.length];
        for (int taken : before) {
            if (taken != 0) {
                int row = taken - 1;
                slots[slot(page(row).high(row % EntryPage.ROWS), page(row).low(row % EntryPage.ROWS))] = taken;
            }
        }
    }
}
