package dev.lanes.ledger;

/** When this package starts: after the topics are there, before the lanes run and REST answers. */
final class Priorities {
    static final int LEDGER = 300;

    private Priorities() {}
}
