package dev.camelsiem.lang.document;

/** How a rule's head reads a body (xp 2.2). */
public enum DocumentFormat {
  TEXT,
  TABULAR,
  JSON,
  EVENTLOG,
  XML
}
