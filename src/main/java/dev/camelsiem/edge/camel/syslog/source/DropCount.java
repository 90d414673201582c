package dev.camelsiem.edge.camel.syslog.source;

/**
 * Datagrams that the kernel dropped since the start, over all sockets of a listener: its own count
 * begins anew with each. Never less than before. Thread-safe.
 */
final class DropCount {
  private long last;
  private long total = KernelDrops.UNKNOWN;

  /**
   * A socket was opened: what the kernel has counted so far is not of it.
   *
   * @param count as {@link KernelDrops#count}
   */
  synchronized void begin(long count) {
    last = Math.max(0, count);
    if (count != KernelDrops.UNKNOWN) {
      total = Math.max(0, total);
    }
  }

  /**
   * @param count as {@link KernelDrops#count}
   * @return how many more they are than the last time
   */
  synchronized long note(long count) {
    if (count == KernelDrops.UNKNOWN) {
      return 0; // no such socket now
    }
    long more = Math.max(0, count - last); // fewer when another socket of the port has gone
    last = count;
    total = Math.max(0, total) + more;
    return more;
  }

  /** {@link KernelDrops#UNKNOWN} when the kernel never told. */
  synchronized long total() {
    return total;
  }
}
