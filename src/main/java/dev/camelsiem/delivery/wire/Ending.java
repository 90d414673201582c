package dev.camelsiem.delivery.wire;

/** Hears once how a connection ended that nobody here closed. */
@FunctionalInterface
interface Ending {
  /**
   * The connection is gone.
   *
   * @param orderly the peer closed it, rather than reset it or fell silent
   */
  void ended(boolean orderly, String why);
}
