package dev.camelsiem.edge.camel.tail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32C;

/** Checkpoints that are whole and yet not what was written. */
final class SavedPlaces {
  private static final int FORMAT = 3;
  private static final ObjectMapper JSON = new ObjectMapper();

  private SavedPlaces() {}

  /** What a checkpoint says as if it were one group; empty when not even the first is whole. */
  static String text(Path file) throws IOException {
    Map<String, String> lines = new LinkedHashMap<>();
    Map<String, String> group = new LinkedHashMap<>();
    String end = "";
    String written = Files.readString(file);
    for (String line : written.substring(0, written.lastIndexOf('\n') + 1).lines().toList()) {
      JsonNode node = JSON.readTree(line);
      if (node.has("files")) {
        group.forEach(
            (key, value) -> {
              if (value.isEmpty()) {
                lines.remove(key);
              } else {
                lines.put(key, value);
              }
            });
        group.clear();
        end = "{\"files\":" + lines.size() + "}\n";
      } else {
        group.put(node.path("key").asText(), node.has("removed") ? "" : line);
      }
    }
    StringBuilder text = new StringBuilder();
    lines.values().forEach(line -> text.append(line).append('\n'));
    return text.append(end).toString();
  }

  /** Changes the lines of the files. */
  static void change(TailRig rig, UnaryOperator<String> change) throws IOException {
    String text = rig.checkpointText();
    write(rig, change.apply(text.substring(0, lastLine(text))), FORMAT);
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
