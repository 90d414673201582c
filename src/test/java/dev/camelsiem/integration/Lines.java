package dev.camelsiem.integration;

import dev.camelsiem.flow.event.EncodedBatch;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/** Numbered events for tests. */
public final class Lines {
  private Lines() {}

  /** A batch of {@code event N} from one number up to another, excluded. */
  public static EncodedBatch numbered(int from, int to) {
    return batch(names(from, to));
  }

  /** The texts of these events. */
  public static List<String> names(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "event " + i).toList();
  }

  public static EncodedBatch batch(List<String> lines) {
    EncodedBatch.Builder builder = new EncodedBatch.Builder(1024);
    for (String line : lines) {
      byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
      builder.add(bytes, 0, bytes.length, null);
    }
    return builder.build();
  }
}
