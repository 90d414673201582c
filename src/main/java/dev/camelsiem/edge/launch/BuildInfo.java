package dev.camelsiem.edge.launch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The versions of this build, as Maven wrote them. */
public final class BuildInfo {
  private final Properties build = new Properties();

  public BuildInfo() {
    try (InputStream in = BuildInfo.class.getResourceAsStream("/dev/camelsiem/build.properties")) {
      if (in != null) {
        build.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** For example {@code 0.1.0}. */
  public String version() {
    return build.getProperty("version", "unknown");
  }

  /** The version of Camel that this build was made with. */
  public String camelVersion() {
    return build.getProperty("camel.version", "unknown");
  }
}
