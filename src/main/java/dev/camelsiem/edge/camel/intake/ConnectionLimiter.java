package dev.camelsiem.edge.camel.intake;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/** Counts open connections, all and by sender, against two limits. Thread-safe. */
public final class ConnectionLimiter {
  private final int most;
  private final int mostPerAddress;
  private final Map<InetAddress, Integer> byAddress = new HashMap<>();
  private int total;

  public ConnectionLimiter(int most, int mostPerAddress) {
    this.most = most;
    this.mostPerAddress = mostPerAddress;
  }

  /** Counts a connection in unless it is one too many. */
  public synchronized boolean admit(InetAddress address) {
    int same = byAddress.getOrDefault(address, 0);
    if (total >= most || same >= mostPerAddress) {
      return false;
    }
    total++;
    byAddress.put(address, same + 1);
    return true;
  }

  int mostPerAddress() {
    return mostPerAddress;
  }

  /** Whether it is for its address that one more would be too many. */
  synchronized boolean isFullFor(InetAddress address) {
    return count(address) >= mostPerAddress;
  }

  /** Of one address. */
  synchronized int count(InetAddress address) {
    return byAddress.getOrDefault(address, 0);
  }

  /** Counts out a connection that was admitted. */
  public synchronized void release(InetAddress address) {
    total--;
    byAddress.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
  }
}
