package dev.camelsiem.edge.camel.tail;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Places that are noted between two saves. */
class CheckpointNoteTest extends CheckpointFixture {
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
}
