package dev.camelsiem.edge.camel.tail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32C;

/** Checkpoints that are whole and yet not what was written. */
final class SavedPlaces {
  private SavedPlaces() {}

  /** Changes the lines of the files. */
  static void change(TailRig rig, UnaryOperator<String> change) throws IOException {
    String text = rig.checkpointText();
    write(rig, change.apply(text.substring(0, lastLine(text))), 2);
  }

  /** Writes lines of files as a checkpoint of some format; 1 has no number. */
  static void write(TailRig rig, String body, int format) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, bytes.length);
    String number = format == 1 ? "" : "\"format\":" + format + ",";
    String end =
        "{\"files\":%d,%s\"crc32c\":%d}\n".formatted(body.lines().count(), number, crc.getValue());
    Path file = Path.of(rig.configuration.getCheckpoint());
    Files.createDirectories(file.getParent());
    Files.writeString(file, body + end);
  }

  private static int lastLine(String text) {
    return text.lastIndexOf('\n', text.length() - 2) + 1;
  }
}
