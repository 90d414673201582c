package dev.camelsiem.lang.syntax;

import org.jspecify.annotations.Nullable;

/** The format of event that a head takes (xp 2.2). {@code FORMAT} is read as {@link #TEXT}. */
public enum HeadKind {
  TEXT,
  TABULAR,
  JSON,
  EVENTLOG,
  XML;

  /** The kind that a word in a formula names, or null. */
  public static @Nullable HeadKind find(String word) {
    return switch (word) {
      case "TEXT", "FORMAT" -> TEXT;
      case "TABULAR" -> TABULAR;
      case "JSON" -> JSON;
      case "EVENTLOG" -> EVENTLOG;
      case "XML" -> XML;
      default -> null;
    };
  }
}
