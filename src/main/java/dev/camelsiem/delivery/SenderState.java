package dev.camelsiem.delivery;

/** What a sender is doing. */
public enum SenderState {
  /** Has nothing to send now; what it sent last may still be held back, unproven. */
  IDLE,
  /** Opens a connection. */
  CONNECTING,
  /** Writes a window. */
  SENDING,
  /** Has sent a window and waits for the SIEM to show that it has it. */
  CONFIRMING,
  /** As {@link #SENDING} or {@link #CONFIRMING}, but the SIEM has taken nothing for a while. */
  STALLED,
  /** An attempt failed; waits before the next one. */
  WAITING,
  /** Disabled or gone: keeps its place and sends nothing. */
  PARKED,
  /** Ended with its process. */
  STOPPED
}
