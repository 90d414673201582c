package dev.camelsiem.edge.cli;

import dev.camelsiem.edge.launch.BuildInfo;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
public final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    BuildInfo build = new BuildInfo();
    return new String[] {
      "camel-siem " + build.version(), "Camel " + build.camelVersion(), "Java " + Runtime.version()
    };
  }
}
