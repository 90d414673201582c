package dev.camelsiem.edge.camel.tail;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.camelsiem.durable.CrashPoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A checkpoint of files that are in memory, and the places of a crash that it comes past. */
abstract class CheckpointFixture {
  static final ObjectMapper JSON = new ObjectMapper();
  static final int ROOM = 64 * 1024;

  @TempDir Path folder;
  Path path;
  Checkpoint checkpoint;
  final Map<String, TailedFile> files = new LinkedHashMap<>();
  final List<String> reached = new ArrayList<>();

  @BeforeEach
  void checkpoint() {
    path = folder.resolve("checkpoint");
    checkpoint = new Checkpoint(path);
    CrashPoint.listen(reached::add);
  }

  @AfterEach
  void deaf() {
    CrashPoint.listen(null);
  }

  TailedFile add(String key) {
    Path log = folder.resolve(key + ".log");
    TailedFile file = new TailedFile(key, log, log);
    files.put(key, file);
    return file;
  }

  static void moveOn(TailedFile file, long bytes) {
    file.offset += bytes;
    file.place = new Place(file.offset, 8, file.offset * 31);
    file.commit();
    file.size(file.offset);
  }

  void save() throws IOException {
    checkpoint.save(files.values());
  }

  /** What is there now, as lines. */
  List<String> now() {
    return lines(files.values().stream());
  }

  static List<String> lines(Stream<TailedFile> files) {
    return files.map(SavedPlace::line).toList();
  }

  List<String> loaded() throws IOException {
    return lines(new Checkpoint(path).load().stream());
  }
}
