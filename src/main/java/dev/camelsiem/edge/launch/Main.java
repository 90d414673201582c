package dev.camelsiem.edge.launch;

import java.util.List;

/**
 * The program behind {@code mvn camel:run} and {@code java -jar}: runs the shipped pipeline, or the
 * routes that the arguments or the system property {@code routes} (separated by commas) name.
 */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) throws Exception {
    List<String> routes = List.of(arguments);
    String property = System.getProperty("routes", "");
    if (routes.isEmpty() && !property.isBlank()) {
      routes = List.of(property.split(",", -1));
    }
    int status = new Launcher(LaunchSettings.of(routes), System.out, System.err).run();
    if (status != 0) {
      System.exit(status);
    }
  }
}
