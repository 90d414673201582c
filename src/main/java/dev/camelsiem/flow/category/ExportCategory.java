package dev.camelsiem.flow.category;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The nine categories that an integration subscribes to (kcs-cef 3); the constant's name is the
 * key.
 */
public enum ExportCategory {
  ADMINISTRATION("Administration", false),
  DETECTION("Detection", false),
  CI_CD("CI/CD", false),
  POLICIES("Policies", false),
  RESOURCES("Resources", true),
  SCANNERS("Scanners", true),
  ADMISSION_CONTROLLER("Admission controller", true),
  CONTAINER_EVENTS("Container events", true),
  API("API", false);

  private static final Map<String, ExportCategory> BY_KEY =
      Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Enum::name, c -> c));

  private final String title;
  private final boolean advanced;

  ExportCategory(String title, boolean advanced) {
    this.title = title;
    this.advanced = advanced;
  }

  /** The name that people read, such as {@code CI/CD}. */
  public String title() {
    return title;
  }

  /** Whether it is exported under the advanced licence only. */
  public boolean advanced() {
    return advanced;
  }

  /** The category with this key, or null when there is none. */
  public static @Nullable ExportCategory byKey(String key) {
    return BY_KEY.get(key);
  }
}
