package dev.camelsiem.edge.camel.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.camelsiem.durable.CrashPoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is in the file of a checkpoint, and what that means after whatever happened to it. */
class CheckpointTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ROOM = 64 * 1024;

  @TempDir Path folder;
  private Path path;
  private Checkpoint checkpoint;
  private final Map<String, TailedFile> files = new LinkedHashMap<>();
  private final List<String> reached = new ArrayList<>();

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

  private TailedFile add(String key) {
    Path log = folder.resolve(key + ".log");
    TailedFile file = new TailedFile(key, log, log);
    files.put(key, file);
    return file;
  }

  private static void moveOn(TailedFile file, long bytes) {
    file.offset += bytes;
    file.place = new Place(file.offset, 8, file.offset * 31);
    file.commit();
    file.size(file.offset);
  }

  private void save() throws IOException {
    checkpoint.save(files.values());
  }

  /** What is there now, as lines. */
  private List<String> now() {
    return lines(files.values().stream());
  }

  private static List<String> lines(Stream<TailedFile> files) {
    return files.map(SavedPlace::line).toList();
  }

  private List<String> loaded() throws IOException {
    return lines(new Checkpoint(path).load().stream());
  }

  private long inode() throws IOException {
    return (long) Files.getAttribute(path, "unix:ino");
  }

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

  @Test
  void whatIsNotedIsThereAndSyncedWithTheNextSave() throws Exception {
    TailedFile one = add("one");
    TailedFile other = add("other");
    save();
    List<String> before = now();
    moveOn(one, 5);
    moveOn(other, 7);
    reached.clear();
    checkpoint.note(List.of(one));
    assertThat(reached).containsExactly("after-note");
    assertThat(loaded()).containsExactly(SavedPlace.line(one), before.get(1));
    checkpoint.note(List.of(other));
    assertThat(loaded()).isEqualTo(now());
    long length = Files.size(path);
    reached.clear();
    save();
    assertThat(reached).containsExactly("before-append-sync", "after-append-sync");
    save();
    assertThat(reached).as("nothing is left to be synced").hasSize(2);
    assertThat(Files.size(path)).isEqualTo(length);
    assertThat(loaded()).isEqualTo(now());
  }

  /** A file that was forgotten while its batch was under way says nothing of who has its inode. */
  @Test
  void aNoteOfAnotherFileWithTheSameKeyIsNone() throws Exception {
    TailedFile forgotten = add("key");
    save();
    TailedFile now = add("key");
    save();
    moveOn(forgotten, 5);
    assertThat(checkpoint.note(List.of(forgotten))).isFalse();
    assertThat(checkpoint.note(List.of(now, add("unsaved")))).isFalse();
    assertThat(loaded()).containsExactly(SavedPlace.line(now));
    moveOn(now, 7);
    assertThat(checkpoint.note(List.of(now))).isTrue();
    assertThat(loaded()).containsExactly(SavedPlace.line(now));
  }

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

  /** Where it cannot be appended, the next save writes all. */
  @Test
  void aNoteToAFileThatIsNotOursIsNone() throws Exception {
    TailedFile one = add("one");
    assertThat(checkpoint.note(List.of(one))).isFalse();
    assertThat(path).doesNotExist();
    save();
    Files.delete(path);
    moveOn(one, 5);
    assertThat(checkpoint.note(List.of(one))).isFalse();
    assertThat(path).doesNotExist();
    save();
    assertThat(loaded()).isEqualTo(now());
  }

  /** What is noted again and again must not make the file grow, either. */
  @Test
  void notesEndWhereAllIsToBeWrittenAnew() throws Exception {
    TailedFile one = add("one");
    save();
    long first = Files.size(path);
    int noted = 0;
    for (int i = 0; i < 1_000; i++) {
      moveOn(one, 1);
      noted += checkpoint.note(List.of(one)) ? 1 : 0;
      assertThat(Files.size(path)).isLessThanOrEqualTo(first + ROOM);
    }
    assertThat(noted).as("then only a save helps").isBetween(100, 300);
    save();
    assertThat(Files.size(path)).isLessThan(2 * first);
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
