package dev.camelsiem.edge.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The versions of this build, as Maven wrote them. */
public final class Version implements IVersionProvider {
  private final Properties build = new Properties();

  public Version() {
    try (InputStream in = Version.class.getResourceAsStream("/dev/camelsiem/build.properties")) {
      if (in != null) {
        build.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** For example {@code 0.1.0}. */
  public String siem() {
    return build.getProperty("version", "unknown");
  }

  @Override
  public String[] getVersion() {
    return new String[] {
      "camel-siem " + siem(),
      "Camel " + build.getProperty("camel.version", "unknown"),
      "Java " + Runtime.version()
    };
  }
}
