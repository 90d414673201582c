package dev.camelsiem.flow.cef.mapping;

/** Limits of the CEF header in characters (kcs-cef 2.1). */
public final class HeaderLimits {
  public static final int VENDOR = 63;
  public static final int PRODUCT = 63;
  public static final int VERSION = 31;
  public static final int ID = 1023;
  public static final int NAME = 512;

  private HeaderLimits() {}
}
