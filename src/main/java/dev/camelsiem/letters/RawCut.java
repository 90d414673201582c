package dev.camelsiem.letters;

import dev.camelsiem.flow.event.DeadLetter;
import dev.camelsiem.flow.event.DeadLetter.Cut;
import dev.camelsiem.flow.event.RawEvent;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Keeps the beginning of what is too long for a letter, with its length and its checksum. */
final class RawCut {
  /** As long as the longest event that a source takes. */
  static final int MOST = 1 << 20;

  static final int KEPT = 64 << 10;

  private RawCut() {}

  static RawEvent event(DeadLetter letter) {
    RawEvent event = letter.event();
    return event.length() <= MOST ? event : event.cut(event.from(), event.from() + KEPT);
  }

  static @Nullable Cut cut(DeadLetter letter) {
    RawEvent event = letter.event();
    if (letter.cut() != null || event.length() <= MOST) {
      return letter.cut();
    }
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(event.array(), event.from(), event.length());
      return new Cut(event.length(), HexFormat.of().formatHex(digest.digest()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
