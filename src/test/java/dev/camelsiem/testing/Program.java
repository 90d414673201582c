package dev.camelsiem.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** The program as a user runs it: a process of its own, on this build's classes. */
public final class Program implements AutoCloseable {
  private final Process process;
  private final List<String> out = new CopyOnWriteArrayList<>();
  private final List<String> err = new CopyOnWriteArrayList<>();

  private Program(Process process) {
    this.process = process;
    read(process.getInputStream(), out);
    read(process.getErrorStream(), err);
  }

  /**
   * Starts a main class.
   *
   * @param properties system properties of the process
   */
  public static Program start(String mainClass, Map<String, String> properties, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx256m");
    command.add("-XX:+UseSerialGC");
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-Dfile.encoding=UTF-8");
    properties.forEach((key, value) -> command.add("-D" + key + "=" + value));
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(mainClass);
    command.addAll(List.of(arguments));
    return new Program(new ProcessBuilder(command).start());
  }

  /** Starts a single source file, as {@code java File.java} does. */
  public static Program startSource(Path source, Map<String, String> properties)
      throws IOException {
    return start(source.toString(), properties);
  }

  /** What it has printed to standard output so far. */
  public List<String> out() {
    return List.copyOf(out);
  }

  /** What it has printed to standard error so far. */
  public List<String> err() {
    return List.copyOf(err);
  }

  /** Waits until so many lines have come to standard output; fails with what came instead. */
  public List<String> awaitOut(int lines) {
    awaitAlive().until(() -> out.size() >= lines || !process.isAlive());
    assertThat(out)
        .as("standard output; standard error was %s", err)
        .hasSizeGreaterThanOrEqualTo(lines);
    return out();
  }

  /** Waits until a line of standard error contains a text. */
  public void awaitErr(String part) {
    awaitAlive().until(() -> saysErr(part) || !process.isAlive());
    assertThat(saysErr(part)).as("`%s` in standard error %s", part, err).isTrue();
  }

  /** Waits for the end and returns the exit status. */
  public int awaitExit() throws InterruptedException {
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ended; said %s", err).isTrue();
    return process.exitValue();
  }

  private boolean saysErr(String part) {
    return err.stream().anyMatch(line -> line.contains(part));
  }

  private static org.awaitility.core.ConditionFactory awaitAlive() {
    return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50));
  }

  private static void read(InputStream stream, List<String> lines) {
    Thread reader =
        new Thread(
            () -> {
              try (BufferedReader in =
                  new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                in.lines().forEach(lines::add);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    reader.setDaemon(true);
    reader.start();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
