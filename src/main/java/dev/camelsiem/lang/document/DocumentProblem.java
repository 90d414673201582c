package dev.camelsiem.lang.document;

/**
 * Why a body could not be decoded.
 *
 * @param detail one sentence for people, which quotes nothing of the body
 * @param offset byte offset from the start of the body, or -1
 */
public record DocumentProblem(Kind kind, String detail, int offset) {
  /** The kind of a problem. */
  public enum Kind {
    /** Not of the format at all. */
    MALFORMED,
    /** Not UTF-8. */
    INVALID_ENCODING,
    /** Larger, deeper or wider than the limits. */
    LIMIT_EXCEEDED
  }

  static DocumentProblem malformed(String detail, int offset) {
    return new DocumentProblem(Kind.MALFORMED, detail, offset);
  }

  static DocumentProblem limit(String detail, int offset) {
    return new DocumentProblem(Kind.LIMIT_EXCEEDED, detail, offset);
  }
}
