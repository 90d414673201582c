package dev.camelsiem.edge.camel.tail;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** What is read from a checkpoint that is damaged, or of another process or version. */
class CheckpointLoadTest extends CheckpointFixture {
  /** Three groups: bytes after each, and what each says. */
  private static final class Groups {
    final byte[] bytes;
    final List<Integer> ends;
    final List<List<String>> says;

    Groups(byte[] bytes, List<Integer> ends, List<List<String>> says) {
      this.bytes = bytes;
      this.ends = ends;
      this.says = says;
    }

    /** What counts when only so many bytes are as they were written. */
    List<String> saidBy(int good) {
      List<String> said = List.of();
      for (int i = 0; i < ends.size() && ends.get(i) <= good; i++) {
        said = says.get(i);
      }
      return said;
    }

    /** No checksum is over an end line until there is another group: its own may count or not. */
    List<String> saidWithEndLine(int at) {
      String text = new String(bytes, StandardCharsets.ISO_8859_1);
      boolean inEndLine = text.startsWith("{\"files\":", text.lastIndexOf('\n', at - 1) + 1);
      return saidBy(inEndLine ? text.indexOf('\n', at) + 1 : at);
    }
  }

  private Groups groups() throws IOException {
    List<Integer> ends = new ArrayList<>();
    List<List<String>> says = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      add("first " + i);
      moveOn(add("always"), 10 + i);
      if (i == 2) {
        files.remove("first 0");
      }
      save();
      ends.add((int) Files.size(path));
      says.add(now());
    }
    assertThat(reached).containsOnlyOnce("before-rename");
    return new Groups(Files.readAllBytes(path), ends, says);
  }

  @Test
  void aGroupThatIsTornAnywhereIsAsIfItHadNotBeenWritten() throws Exception {
    Groups groups = groups();
    for (int length = 0; length <= groups.bytes.length; length++) {
      Files.write(path, Arrays.copyOf(groups.bytes, length));
      assertThat(loaded()).as("%d bytes", length).isEqualTo(groups.saidBy(length));
      boolean damaged = length < groups.ends.get(0);
      assertThat(Files.exists(folder.resolve("checkpoint.damaged"))).isEqualTo(damaged);
      Files.deleteIfExists(folder.resolve("checkpoint.damaged"));
    }
  }

  /** After a power loss a file may be as long as it was to be, and hold nothing there. */
  @Test
  void zerosInPlaceOfWhatWasWrittenAreAsIfItHadNotBeen() throws Exception {
    Groups groups = groups();
    for (int good = groups.ends.get(0); good < groups.bytes.length; good++) {
      byte[] bytes = groups.bytes.clone();
      Arrays.fill(bytes, good, bytes.length, (byte) 0);
      Files.write(path, bytes);
      assertThat(loaded()).as("%d bytes", good).isEqualTo(groups.saidBy(good));
    }
  }

  @Test
  void aDamagedByteCostsItsGroupAndAllBehindIt() throws Exception {
    Groups groups = groups();
    for (int at = 0; at < groups.bytes.length; at++) {
      for (int flip : new int[] {1, 0x10, 0x80, 0x2A /* a line end for a blank, and back */}) {
        byte[] bytes = groups.bytes.clone();
        bytes[at] ^= (byte) flip;
        Files.write(path, bytes);
        assertThat(loaded())
            .as("%x at %d", flip, at)
            .isIn(groups.saidBy(at), groups.saidWithEndLine(at));
      }
    }
    byte[] bytes = groups.bytes.clone();
    bytes[groups.ends.get(0) + 20] ^= 1;
    Files.write(path, bytes);
    Files.delete(folder.resolve("checkpoint.damaged"));
    loaded();
    assertThat(folder.resolve("checkpoint.damaged")).hasBinaryContent(bytes);
  }

  /** Nothing is ever appended to what another process left, or to what is not whole. */
  @Test
  void theFirstSaveOfAProcessWritesAll() throws Exception {
    Groups groups = groups();
    for (int length : new int[] {groups.bytes.length, groups.bytes.length - 1}) {
      Files.write(path, Arrays.copyOf(groups.bytes, length));
      Checkpoint next = new Checkpoint(path);
      List<TailedFile> loaded = next.load();
      next.save(loaded);
      assertThat(Files.readAllLines(path)).hasSize(loaded.size() + 1);
      assertThat(loaded()).isEqualTo(lines(loaded.stream()));
    }
  }

  /** Versions that knew one group look at the last line alone: they refuse, and lose no place. */
  @Test
  void anOlderVersionKnowsThatItIsOlder() throws Exception {
    String text = new String(groups().bytes, StandardCharsets.UTF_8);
    int last = text.lastIndexOf('\n', text.length() - 2) + 1;
    CRC32C crc = new CRC32C();
    crc.update(text.substring(0, last).getBytes(StandardCharsets.UTF_8));
    JsonNode end = JSON.readTree(text.substring(last));
    assertThat(end.path("crc32c").asLong()).isEqualTo(crc.getValue());
    assertThat(end.path("format").asInt()).isEqualTo(3);
  }

  /** The second format was one group; anything behind it is damage. */
  @Test
  void aCheckpointOfTheSecondFormatIsReadOn() throws Exception {
    moveOn(add("a"), 5);
    moveOn(add("b"), 6);
    String body = String.join("\n", now()) + "\n";
    CRC32C crc = new CRC32C();
    crc.update(body.getBytes(StandardCharsets.UTF_8));
    String text = body + "{\"files\":2,\"format\":2,\"crc32c\":%d}\n".formatted(crc.getValue());
    Files.writeString(path, text);
    assertThat(loaded()).isEqualTo(now());
    assertThat(folder.resolve("checkpoint.damaged")).doesNotExist();
    Files.writeString(path, text + "x");
    assertThat(loaded()).isEmpty();
    assertThat(folder.resolve("checkpoint.damaged")).hasContent(text + "x");
  }
}
