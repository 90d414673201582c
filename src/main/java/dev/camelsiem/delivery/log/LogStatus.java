package dev.camelsiem.delivery.log;

/**
 * How a log does; a snapshot.
 *
 * @param nextSequence number of the next event
 * @param bytes of all segment files
 * @param segments their number
 * @param appendedEvents since it was opened
 * @param syncs since it was opened
 * @param damagedEvents events known to be lost to damage or to missing segments, since it was
 *     opened
 * @param damagedBytes bytes that could not be read back
 * @param freeBytes room on the disk
 */
public record LogStatus(
    long nextSequence,
    long bytes,
    int segments,
    long appendedEvents,
    long syncs,
    long damagedEvents,
    long damagedBytes,
    long freeBytes) {}
