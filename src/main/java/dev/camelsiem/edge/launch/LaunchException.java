package dev.camelsiem.edge.launch;

/** The pipeline cannot be started as asked; the message says what to change. */
public final class LaunchException extends Exception {
  private static final long serialVersionUID = 1L;

  public LaunchException(String message) {
    super(message);
  }
}
