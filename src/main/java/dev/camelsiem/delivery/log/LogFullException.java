package dev.camelsiem.delivery.log;

import java.io.IOException;

/** Nothing was appended because the disk has too little room; to be tried again later. */
public final class LogFullException extends IOException {
  private static final long serialVersionUID = 1L;

  public LogFullException(String message) {
    super(message);
  }
}
