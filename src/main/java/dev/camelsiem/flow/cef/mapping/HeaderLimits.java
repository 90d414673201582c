package dev.camelsiem.flow.cef.mapping;

/**
 * Limits in characters of the CEF header (kcs-cef 2.1), which LEEF's has too but for the id, and of
 * the syslog header (RFC 5424 6).
 */
public final class HeaderLimits {
  public static final int VENDOR = 63;
  public static final int PRODUCT = 63;
  public static final int VERSION = 31;
  public static final int ID = 1023;
  public static final int LEEF_ID = 255;
  public static final int NAME = 512;
  public static final int HOST = 255;
  public static final int APP_NAME = 48;
  public static final int PROCESS_ID = 128;
  public static final int MESSAGE_ID = 32;

  /** The largest PRI: 24 facilities with 8 severities each. */
  public static final int PRIORITY = 191;

  private HeaderLimits() {}

  /** Of the signature id. */
  public static int id(LineFormat format) {
    return format == LineFormat.LEEF ? LEEF_ID : ID;
  }
}
