package dev.camelsiem.text;

/**
 * Why a text could not be decoded.
 *
 * @param detail one sentence for people, which quotes nothing of the text
 * @param offset byte offset from the start of the text, or -1
 */
public record DecodingProblem(Kind kind, String detail, int offset) {
  /** The kind of a problem. */
  public enum Kind {
    /** Not of the format at all. */
    MALFORMED,
    /** Not UTF-8. */
    INVALID_ENCODING,
    /** Larger, deeper or wider than the limits. */
    LIMIT_EXCEEDED
  }

  public static DecodingProblem malformed(String detail, int offset) {
    return new DecodingProblem(Kind.MALFORMED, detail, offset);
  }

  public static DecodingProblem limit(String detail, int offset) {
    return new DecodingProblem(Kind.LIMIT_EXCEEDED, detail, offset);
  }
}
