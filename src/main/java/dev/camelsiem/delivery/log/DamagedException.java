package dev.camelsiem.delivery.log;

/** Bytes do not say what they should. */
final class DamagedException extends Exception {
  private static final long serialVersionUID = 1L;

  DamagedException(String message) {
    super(message);
  }
}
