package dev.camelsiem.text;

/** A {@link ByteOutput} would have to hold more than it may. */
public final class OutputFull extends RuntimeException {
  private static final long serialVersionUID = 1L;

  OutputFull(int most) {
    super("more than " + most + " bytes of output", null, false, false);
  }
}
