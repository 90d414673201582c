package dev.camelsiem.delivery.wire;

import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/** One sentence about why something on the wire failed. */
public final class Failures {
  private Failures() {}

  /** The innermost cause that says something. */
  public static String describe(@Nullable Throwable failure) {
    String said = "unknown";
    Throwable at = failure;
    for (int depth = 0; at != null && depth < 16; depth++, at = at.getCause()) {
      String message = at.getMessage();
      if (at instanceof ClosedChannelException) {
        said = "the connection is closed";
      } else {
        said =
            message == null || message.isBlank() ? at.getClass().getSimpleName() : plain(message);
      }
      if (at.getCause() == at) {
        break;
      }
    }
    return said.replace('\n', ' ').replace('\r', ' ');
  }

  /** Without the name and number of the system call that Netty puts first. */
  private static String plain(String message) {
    int call = message.indexOf("(..) failed with error(-");
    int end = call < 0 ? -1 : message.indexOf("): ", call);
    return end < 0 ? message : message.substring(end + 3);
  }
}
