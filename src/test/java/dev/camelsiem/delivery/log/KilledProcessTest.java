package dev.camelsiem.delivery.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.camelsiem.durable.CrashPoint;
import dev.camelsiem.testing.Noise;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real process is halted at a named place, twice; all it had acknowledged is there. */
class KilledProcessTest {
  @TempDir Path folder;
  private long acked;
  private long committed = 1;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "after-append:17",
        "after-fsync:23",
        "before-rename:30",
        "after-rename:31",
        "segment-created:4",
        "segment-deleted:2"
      })
  void whatWasAcknowledgedIsThere(String place) throws Exception {
    assertThat(run(place)).isEqualTo(CrashPoint.EXIT_CODE);
    assertThat(run(place)).isEqualTo(CrashPoint.EXIT_CODE);
    assertThat(acked).isPositive();
    assertThat(run("none:1")).isZero();
    try (EventLog log = EventLog.open(folder.resolve("log"), Entries.uncached(2000))) {
      Cursor slow = log.cursor("slow");
      assertThat(slow.committed().sequence()).isGreaterThanOrEqualTo(committed);
      List<String> wanted = new ArrayList<>();
      for (long i = slow.committed().sequence(); i < log.end().sequence(); i++) {
        wanted.add("event " + i + " " + Noise.text(i, 100));
      }
      assertThat(log.end().sequence()).isGreaterThan(acked);
      assertThat(Entries.drain(slow)).isEqualTo(wanted);
      assertThat(log.status().damagedEvents()).isZero();
      assertThat(log.status().damagedBytes()).isZero();
    }
  }

  private int run(String place) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Ddev.camelsiem.crash=" + place,
                "-cp",
                System.getProperty("java.class.path"),
                KilledWriter.class.getName(),
                folder.resolve("log").toString())
            .redirectError(folder.resolve("errors").toFile())
            .start();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.startsWith("acked ")) {
          acked = Long.parseLong(line.substring(6));
        } else if (line.startsWith("committed ")) {
          committed = Long.parseLong(line.substring(10));
        }
      }
    }
    return process.waitFor();
  }
}
