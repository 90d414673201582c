package dev.camelsiem.edge.receiver;

/**
 * How a {@link Receiver} treats those who send. May be changed while it runs.
 *
 * @param refuse resets each new connection at once
 * @param stall accepts and reads nothing
 * @param messagesPerSecond reads no faster than this; 0 for no limit
 * @param closeAfter closes a connection after so many messages; 0 for never
 */
public record Behaviour(boolean refuse, boolean stall, long messagesPerSecond, long closeAfter) {
  /** Reads all that comes. */
  public static final Behaviour NORMAL = new Behaviour(false, false, 0, 0);

  public static final Behaviour REFUSING = new Behaviour(true, false, 0, 0);
  public static final Behaviour STALLING = new Behaviour(false, true, 0, 0);

  public static Behaviour slow(long messagesPerSecond) {
    return new Behaviour(false, false, messagesPerSecond, 0);
  }
}
