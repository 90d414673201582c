package dev.camelsiem.check;

import dev.camelsiem.content.rulepackage.SourceReader;
import dev.camelsiem.flow.envelope.BodyFormat;
import dev.camelsiem.flow.envelope.Envelope;
import dev.camelsiem.flow.envelope.Reception;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A raw event that an author keeps in a file: exactly one, in an envelope or not (xp-language 8.1).
 * A byte order mark and blanks at both ends do not belong to it.
 */
public final class RawText {
  /** Larger files are refused, in bytes. */
  public static final int LARGEST = 4 << 20;

  private final byte[] bytes;
  private final int from;
  private final int to;

  private RawText(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.from = from;
    this.to = to;
  }

  /** Why a raw event cannot be used, in words for people. */
  public static final class Unusable extends Exception {
    Unusable(String problem) {
      super(problem, null, false, false);
    }

    /** Never null. */
    public String problem() {
      return String.valueOf(getMessage());
    }
  }

  public static RawText read(Path file) throws Unusable {
    try {
      byte[] bytes = SourceReader.bytes(file, LARGEST);
      if (bytes.length > LARGEST) {
        throw new Unusable("it is larger than " + LARGEST + " bytes");
      }
      return of(bytes);
    } catch (IOException e) {
      throw new Unusable(SourceReader.reason(e));
    }
  }

  /** The event of a file; null when there is none that can be used. */
  public static @Nullable RawText readIfUsable(Path file) {
    try {
      return read(file);
    } catch (Unusable e) {
      return null;
    }
  }

  public static RawText of(String text) throws Unusable {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  public static RawText of(byte[] bytes) throws Unusable {
    int from = hasMark(bytes) ? 3 : 0;
    int to = bytes.length;
    while (from < to && isBlank(bytes[from])) {
      from++;
    }
    while (to > from && isBlank(bytes[to - 1])) {
      to--;
    }
    if (from == to) {
      throw new Unusable("it is empty");
    }
    return new RawText(bytes, from, to);
  }

  /** Body and inputs of the event, as if it had been received now. */
  public Envelope open() {
    return Envelope.open(bytes, from, to, null, Reception.of(System.currentTimeMillis()));
  }

  /** What the event is when nobody says it. */
  public BodyFormat guess() {
    return open().format();
  }

  /** The whole text, envelope included. */
  @Override
  public String toString() {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  private static boolean hasMark(byte[] bytes) {
    return bytes.length >= 3
        && bytes[0] == (byte) 0xef
        && bytes[1] == (byte) 0xbb
        && bytes[2] == (byte) 0xbf;
  }

  private static boolean isBlank(byte b) {
    return b >= 0 && b <= ' ';
  }
}
