package dev.camelsiem.delivery.log;

import java.io.IOException;

/** A newer camel-siem wrote a file: not damage, and not to be touched. */
final class NewerVersionException extends IOException {
  private static final long serialVersionUID = 1;

  NewerVersionException(String message) {
    super(message);
  }
}
