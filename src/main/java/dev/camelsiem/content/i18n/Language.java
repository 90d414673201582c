package dev.camelsiem.content.i18n;

/** A language in which events are described, in the alphabetical order of the codes. */
public enum Language {
  EN("en", "on host"),
  RU("ru", "на узле");

  private final String code;
  private final String onHost;

  Language(String code, String onHost) {
    this.code = code;
    this.onHost = onHost;
  }

  /** As in {@code i18n_en.yaml}. */
  public String code() {
    return code;
  }

  /** What stands before the host in the sentence of an event that no criteria hold for. */
  public String onHost() {
    return onHost;
  }
}
