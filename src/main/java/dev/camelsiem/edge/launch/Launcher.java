package dev.camelsiem.edge.launch;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;

/**
 * Runs routes with Camel Main until the process is told to stop.
 *
 * <p>Reports go to standard error; standard output carries nothing but the lines of the receiver.
 */
public final class Launcher {
  private static final String SERVER_HOST = "127.0.0.1";
  private static final String SERVER_PORT = "8081"; // 8080 is the HTTP source's

  private static final int OK = 0;
  private static final int CANNOT_START = 2;

  private final LaunchSettings settings;
  private final PrintStream out;
  private final PrintStream err;
  private Runnable started = () -> {};

  public Launcher(LaunchSettings settings, PrintStream out, PrintStream err) {
    this.settings = settings;
    this.out = out;
    this.err = err;
  }

  /** Does this, too, once the routes run. */
  public Launcher whenStarted(Runnable action) {
    started = action;
    return this;
  }

  /** Runs to the end; returns the exit status: 0 after a normal stop, 2 when the start failed. */
  public int run() throws Exception {
    if (System.getProperty("logback.configurationFile") == null) {
      System.setProperty("logback.configurationFile", "dev/camelsiem/launch/logback.xml");
    }
    Main main = configured();
    DemoReceiver receiver = new DemoReceiver(out, err);
    main.addMainListener(
        new MainListenerSupport() {
          @Override
          public void beforeStart(BaseMainSupport starting) {
            check(starting.getCamelContext());
            receiver.start(starting.getCamelContext());
          }

          @Override
          public void afterStart(BaseMainSupport running) {
            new StartReport(settings, receiver).print(running.getCamelContext(), err);
            started.run();
          }

          @Override
          public void afterStop(BaseMainSupport stopped) {
            receiver.stop();
          }
        });
    try {
      main.run();
      return main.getExitCode() == 0 ? OK : CANNOT_START;
    } catch (Exception e) {
      receiver.stop();
      err.println("siem: cannot start: " + rootMessage(e));
      if (System.getenv("SIEM_DEBUG") != null) {
        e.printStackTrace(err);
      } else {
        err.println("      (set SIEM_DEBUG=1 to see where it happened)");
      }
      return CANNOT_START;
    }
  }

  private static void check(CamelContext context) {
    try {
      context.addStartupListener(new KameletCheck());
    } catch (Exception e) {
      throw RuntimeCamelException.wrapRuntimeCamelException(e);
    }
  }

  private Main configured() throws IOException {
    Main main = new Main();
    main.configure()
        .withRoutesIncludePattern(
            settings.routes().stream()
                .map(path -> "file:" + path)
                .collect(Collectors.joining(",")));
    main.setDefaultPropertyPlaceholderLocation("false");
    if (!settings.properties().isEmpty()) {
      main.setPropertyPlaceholderLocations(
          settings.properties().stream()
              .map(path -> "file:" + path)
              .collect(Collectors.joining(",")));
    }
    defaults(main, settings.routes());
    return main;
  }

  /** What a user would expect; the property files and the environment may say otherwise. */
  private static void defaults(Main main, List<Path> routes) throws IOException {
    main.addInitialProperty("camel.main.name", "camel-siem");
    main.addInitialProperty("camel.main.jmxEnabled", "false");
    main.addInitialProperty("camel.main.startupRecorder", "off");
    main.addInitialProperty("camel.main.shutdownTimeout", "30");
    main.addInitialProperty("camel.main.autoConfigurationLogSummary", "false");
    main.addInitialProperty("camel.server.enabled", String.valueOf(needServer(routes)));
    main.addInitialProperty("camel.server.host", SERVER_HOST);
    main.addInitialProperty("camel.server.port", SERVER_PORT);
  }

  /** Whether somebody has said where Camel's own server is to listen. */
  static boolean setsServer(CamelContext context) {
    return !property(context, "camel.server.host", SERVER_HOST).equals(SERVER_HOST)
        || !property(context, "camel.server.port", SERVER_PORT).equals(SERVER_PORT);
  }

  /**
   * Camel's own HTTP server is for routes with its own HTTP source, and for whoever turns it on.
   */
  private static boolean needServer(List<Path> routes) throws IOException {
    for (Path route : routes) {
      if (Files.readString(route).contains("platform-http:")) {
        return true;
      }
    }
    return false;
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String message = root.getMessage();
    return message == null ? root.getClass().getSimpleName() : message;
  }

  /** A property of the running pipeline, or the default when nobody set it. */
  static String property(CamelContext context, String key, String otherwise) {
    return context.getPropertiesComponent().resolveProperty(key).orElse(otherwise);
  }
}
