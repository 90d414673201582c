package dev.camelsiem.edge.camel.tail;

import dev.camelsiem.flow.event.RawEvent;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A process that tails {@code args[0]} and appends what it gets to {@code args[2]}, to be killed.
 */
final class TailChild {
  /** Events in a batch. */
  static final int BATCH = 50;

  private TailChild() {}

  public static void main(String[] args) throws Exception {
    TailConfiguration configuration = new TailConfiguration();
    configuration.setPaths(args[0]);
    configuration.setCheckpoint(args[1]);
    configuration.setBatchSize(BATCH);
    configuration.setPollInterval(5);
    configuration.setScanInterval(10);
    configuration.setCheckpointInterval(1_000);
    try (OutputStream out =
        Files.newOutputStream(
            Path.of(args[2]), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      new Tailer(configuration, batch -> out.write(lines(batch))).run();
    }
  }

  private static byte[] lines(Batch batch) {
    StringBuilder lines = new StringBuilder();
    for (RawEvent event : batch.events()) {
      lines.append(event.id()).append(' ').append(event).append('\n');
    }
    return lines.toString().getBytes(StandardCharsets.UTF_8);
  }
}
