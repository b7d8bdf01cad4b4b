package dev.lanes.ledger;

/**
 * How many tasks there have been, since the first. Always {@code published = succeeded + dead + cancelled + pending}.
 *
 * @param duplicates outcomes for attempts that had one already: work done twice
 */
public record Summary(long published, long succeeded, long dead, long cancelled, long pending, long duplicates) {}
