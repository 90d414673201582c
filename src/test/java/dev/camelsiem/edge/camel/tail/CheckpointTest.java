package dev.camelsiem.edge.camel.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.camelsiem.durable.CrashPoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a save writes: what has changed, or all where the file is not as it was left or too long.
 */
class CheckpointTest extends CheckpointFixture {
  /** Somebody copies an older one of the same length over it. */
  @Test
  void aFileThatWasWrittenInPlaceIsWrittenAnew() throws Exception {
    TailedFile one = add("one");
    save();
    byte[] old = Files.readAllBytes(path);
    moveOn(one, 5);
    save();
    byte[] bytes = Files.readAllBytes(path);
    System.arraycopy(old, 10, bytes, 11, 100);
    Files.write(path, bytes);
    Files.setLastModifiedTime(path, FileTime.fromMillis(1));
    moveOn(one, 5);
    save();
    assertThat(loaded()).isEqualTo(now());
  }

  @Test
  void aSaveWritesWhatHasChangedAndWithOneSync() throws Exception {
    for (int i = 0; i < 500; i++) {
      add("file " + i);
    }
    save();
    moveOn(files.get("file 7"), 5);
    long before = Files.size(path);
    reached.clear();
    save();
    assertThat(reached).containsExactly("before-append-sync", "after-append-sync");
    String group = Files.readString(path).substring((int) before);
    assertThat(group.lines()).hasSize(2);
    assertThat(group)
        .startsWith(SavedPlace.line(files.get("file 7")))
        .contains("\n{\"files\":1,\"format\":3,\"crc32c\":");
    assertThat(loaded()).isEqualTo(now());
  }

  @Test
  void whereNothingHasChangedNothingIsWritten() throws Exception {
    moveOn(add("file"), 3);
    save();
    long size = Files.size(path);
    reached.clear();
    files.get("file").sourceSaved = false;
    save();
    assertThat(reached).isEmpty();
    assertThat(Files.size(path)).isEqualTo(size);
    assertThat(files.get("file").sourceSaved).isTrue();
  }

  @Test
  void whatIsRemovedMayComeAgainAndKeysMayChange() throws Exception {
    TailedFile one = add("one");
    add("two");
    save();
    files.remove("one");
    save();
    assertThat(loaded()).isEqualTo(now());
    save();
    files.put("one", one);
    save();
    assertThat(loaded()).isEqualTo(now());
    files.remove("two").key = "three"; // a disk that got another number
    TailedFile moved = add("three");
    save();
    assertThat(loaded()).isEqualTo(now());
    files.clear();
    save();
    assertThat(loaded()).isEmpty();
    files.put("three", moved);
    save();
    assertThat(loaded()).isEqualTo(now());
    assertThat(reached).containsOnlyOnce("before-rename");
  }

  /** A table has none such; the last one counts, as it always did. */
  @Test
  void ofTwoFilesWithOneKeyTheLastOneCounts() throws Exception {
    TailedFile one = add("key");
    TailedFile other = add("key");
    for (int i = 0; i < 3; i++) {
      moveOn(one, 2);
      moveOn(other, 3);
      checkpoint.save(List.of(one, other));
      assertThat(loaded()).containsExactly(SavedPlace.line(other));
    }
  }

  /** What becomes of the file behind our back. */
  private static final Map<String, Step> MEDDLING =
      Map.of(
          "deleted",
          Files::delete,
          "cut",
          path -> Files.write(path, Arrays.copyOf(Files.readAllBytes(path), 30)),
          "emptied",
          path -> Files.write(path, new byte[0]),
          "lengthened",
          path -> Files.writeString(path, "\n", StandardOpenOption.APPEND),
          "another of the same size",
          path -> {
            Path other = path.resolveSibling("other");
            Files.write(other, new byte[(int) Files.size(path)]);
            Files.move(other, path, StandardCopyOption.REPLACE_EXISTING);
          },
          "a link to it",
          path -> {
            Path other = path.resolveSibling("other" + System.nanoTime());
            Files.move(path, other);
            Files.createSymbolicLink(path, other);
          });

  static Set<String> meddling() {
    return MEDDLING.keySet();
  }

  /** What is done to a file. */
  interface Step {
    void to(Path path) throws IOException;
  }

  @ParameterizedTest
  @MethodSource("meddling")
  void aFileThatIsNotAsItWasLeftIsWrittenAnew(String meddling) throws Exception {
    for (boolean news : new boolean[] {false, true}) {
      moveOn(add("one"), 3);
      TailedFile other = add("other");
      save();
      moveOn(other, 1);
      save();
      MEDDLING.get(meddling).to(path);
      if (news) {
        moveOn(other, 1);
      }
      save();
      assertThat(loaded()).isEqualTo(now());
      assertThat(Files.readAllLines(path)).hasSize(3);
      assertThat(Files.isSymbolicLink(path)).isFalse();
      moveOn(other, 1);
      save();
      assertThat(Files.readAllLines(path)).as("it goes on from there").hasSize(5);
      assertThat(loaded()).isEqualTo(now());
    }
  }

  /** A disk that can't sync what was appended may have lost it. */
  @Test
  void whereAppendingFailsAllIsWritten() throws Exception {
    TailedFile file = add("file");
    save();
    CrashPoint.listen(
        place -> {
          if (place.equals("before-append-sync")) {
            CheckpointTest.<RuntimeException>fail(new IOException("no sync"));
          }
        });
    moveOn(file, 3);
    save();
    assertThat(Files.readAllLines(path)).hasSize(2);
    assertThat(loaded()).isEqualTo(now());
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> void fail(IOException failure) throws E {
    throw (E) failure;
  }

  @Test
  void aSaveThatFailsNamesTheFileAndTheNextOneWritesAll() throws Exception {
    TailedFile file = add("file");
    save();
    Files.delete(path);
    Files.createDirectories(path.resolve("in-the-way"));
    moveOn(file, 3);
    assertThatThrownBy(this::save)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Can't save the checkpoint " + path);
    Files.delete(path.resolve("in-the-way"));
    Files.delete(path);
    save();
    assertThat(loaded()).isEqualTo(now());
  }

  /** The file has a bound, and writing it anew is paid for by what was appended. */
  @ParameterizedTest
  @CsvSource({"1, 1", "1000, 10", "1000, 1000", "3000, 1000"})
  void theFileIsWrittenAnewWhenAsMuchWasAppended(int count, int changed) throws Exception {
    for (int i = 0; i < count; i++) {
      add("file " + i);
    }
    save();
    long first = Files.size(path);
    long written = 0;
    for (int rewritten = 0; rewritten < 2; ) {
      long before = Files.size(path);
      long inode = inode();
      reached.clear();
      files.values().stream().limit(changed).forEach(file -> moveOn(file, 1));
      save();
      assertThat(Files.size(path)).isLessThanOrEqualTo(2 * first + ROOM);
      if (reached.contains("before-rename")) {
        rewritten++;
        first = Files.size(path);
        assertThat(before + changed * 200L).isGreaterThan(Math.min(2 * first, first + ROOM));
      } else {
        assertThat(inode()).isEqualTo(inode);
        written += Files.size(path) - before;
      }
    }
    assertThat(loaded()).isEqualTo(now());
    if (changed < count || count == 1) { // else what has changed is as much as all
      assertThat(written).isPositive();
    }
  }

  private long inode() throws IOException {
    return (long) Files.getAttribute(path, "unix:ino");
  }

  private static final List<Consumer<TailedFile>> CHANGES =
      List.of(
          file -> file.origin += "x",
          file -> file.realPath = file.realPath.resolveSibling("other"),
          file -> file.target = file.target.resolveSibling("target"),
          file -> file.target = file.target.resolveSibling("another"),
          file -> file.key += "x",
          file -> file.delivered++,
          file -> file.fingerprint = new Fingerprint(7, file.fingerprint.hash()),
          file -> file.fingerprint = new Fingerprint(file.fingerprint.length(), "ab"),
          file -> file.deliveredPlace = new Place(file.delivered, 9, file.deliveredPlace.crc()),
          file -> file.deliveredPlace = new Place(file.delivered, 9, 1L << 31),
          file -> file.size++,
          file -> file.modified++,
          file -> file.created++,
          file -> file.goneSince = -1,
          file -> file.wasCut = true,
          file -> file.source ^= 1L << 63);

  /** Whatever changes in a line is seen, one field at a time; none of them is left out here. */
  @Test
  void eachFieldThatChangesIsSaved() throws Exception {
    TailedFile file = add("key");
    moveOn(file, 5);
    file.size(1_000);
    add("neighbour");
    save();
    Set<String> changed = new HashSet<>();
    for (int i = 0; i < CHANGES.size(); i++) {
      JsonNode before = JSON.readTree(SavedPlace.line(file));
      CHANGES.get(i).accept(file);
      JsonNode after = JSON.readTree(SavedPlace.line(file));
      after
          .fieldNames()
          .forEachRemaining(
              name -> {
                if (!after.get(name).equals(before.get(name))) {
                  changed.add(name);
                }
              });
      save();
      assertThat(Files.readString(path)).as("change %d", i).contains(SavedPlace.line(file));
      List<String> loaded = loaded();
      assertThat(loaded).as("change %d", i).containsExactlyInAnyOrderElementsOf(now());
    }
    Set<String> all = new HashSet<>();
    JSON.readTree(SavedPlace.line(file)).fieldNames().forEachRemaining(all::add);
    assertThat(changed).isEqualTo(all);
    assertThat(reached).containsOnlyOnce("before-rename");
  }
}
