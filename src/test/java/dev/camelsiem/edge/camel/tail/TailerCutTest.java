package dev.camelsiem.edge.camel.tail;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code copytruncate} at every point between what we do: step by step, without a thread. */
class TailerCutTest {
  /** Longer than a fingerprint. */
  private static final String HEADER = "# " + "the same in every file ".repeat(60);

  private static final String LONG = "longer than all that was there before";

  @TempDir Path folder;
  private TailSteps tail;

  @AfterEach
  void close() {
    tail.close();
  }

  /** The look finds it, and it is cut as often as that before its first line is read. */
  @ParameterizedTest
  @CsvSource({"app.log, 1", "app.log, 2", "app.log*, 1", "app.log*, 3", "*.log, 1", "*.log, 2"})
  void aNewFileIsCutBetweenTheLookAndTheFirstRead(String pattern, int cuts) throws Exception {
    tail = new TailSteps(folder, pattern);
    tail.write("app.log", "0\n");
    tail.look();
    for (int i = 1; i <= cuts; i++) {
      tail.copyTruncate("app.log", "app.log." + (10 - i));
      tail.write("app.log", LONG + "\n".repeat(i) + i + "\n");
    }
    tail.read(1);
    tail.look();
    tail.read(1);
    assertThat(tail.events).hasSize(1 + 2 * cuts);
    assertThat(tail.losses.files()).isZero();
    assertThat(tail.events.get(0)).hasToString("0");
    assertThat(tail.events.get(2 * cuts)).hasToString("" + cuts);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anEmptyFileIsWrittenAndCutBetweenTheLookAndTheFirstRead(boolean known) throws Exception {
    tail = new TailSteps(folder, "app.log");
    tail.write("app.log.9", "from before\n");
    if (known) {
      tail.look();
    }
    tail.write("app.log", "");
    tail.look();
    tail.write("app.log", "1\n");
    tail.copyTruncate("app.log", "app.log.2");
    tail.write("app.log", "2\n");
    tail.copyTruncate("app.log", "app.log.1");
    tail.write("app.log", LONG + "\n");
    tail.read(1);
    tail.look();
    tail.read(1);
    tail.hasRead("1", "2", LONG);
  }

  /** What came while the tail waited for the name need not wait for a line in the file itself. */
  @Test
  void whatWasRotatedBeforeAnEmptyFileWasSeenIsReadAtOnce() throws Exception {
    tail = new TailSteps(folder, "app.log");
    tail.write("app.log.9", "from before\n");
    tail.look();
    tail.write("app.log.2", "1\n");
    tail.write("app.log.1", "2\n");
    tail.write("app.log", "");
    tail.look();
    tail.read(1);
    tail.hasRead("1", "2");
    tail.write("app.log", "from before\n");
    tail.copyTruncate("app.log", "app.log.0");
    tail.write("app.log", LONG + "\n");
    tail.look();
    tail.read(1);
    tail.hasRead("1", "2", "from before", LONG);
  }

  @Test
  void anEmptyFileIsWrittenAndCutWhileWeAreDead() throws Exception {
    tail = new TailSteps(folder, "*.log");
    tail.write("app.log.9", "from before\n");
    Files.setLastModifiedTime(folder.resolve("app.log.9"), FileTime.from(Instant.EPOCH));
    tail.write("app.log", "");
    tail.look();
    tail.restart();
    tail.write("app.log", "1\n");
    Files.setLastModifiedTime(
        folder.resolve("app.log"), FileTime.from(Instant.now().plusSeconds(1)));
    tail.copyTruncate("app.log", "app.log.1");
    tail.write("app.log", "2\n");
    Files.setLastModifiedTime(
        folder.resolve("app.log"), FileTime.from(Instant.now().plusSeconds(2)));
    tail.look();
    tail.read(1);
    tail.hasRead("1", "2");
  }

  /** It was cut and is empty; it is written and cut again before it is read. */
  @ParameterizedTest
  @CsvSource({"false, false", "false, true", "true, false", "true, true"})
  void aCutFileIsCutAgainBeforeItIsRead(boolean killed, boolean looked) throws Exception {
    tail = new TailSteps(folder, "app.log");
    tail.write("app.log", "1\n");
    tail.look();
    tail.read(1);
    tail.copyTruncate("app.log", "app.log.3");
    tail.read(1);
    if (killed) {
      tail.restart();
    }
    if (looked) {
      tail.look();
    }
    tail.write("app.log", "2\n");
    tail.copyTruncate("app.log", "app.log.2");
    tail.write("app.log", LONG + "\n");
    tail.look();
    tail.copyTruncate("app.log", "app.log.1");
    tail.write("app.log", LONG + LONG + "\n");
    tail.read(1);
    tail.look();
    tail.read(1);
    tail.hasRead("1", "2", LONG, LONG + LONG);
  }

  /** Killed while a batch was under way: it is found cut at the restart, and cut once more. */
  @Test
  void itIsCutWhileWeAreDeadAndAgainAfterTheFirstLook() throws Exception {
    tail = new TailSteps(folder, "app.log");
    tail.write("app.log", "1\n2\n3\n");
    tail.look();
    tail.readOnce(1);
    tail.restart();
    tail.copyTruncate("app.log", "app.log.3");
    tail.write("app.log", "4\n" + LONG + "\n");
    tail.look();
    tail.copyTruncate("app.log", "app.log.2");
    tail.write("app.log", "5\n");
    tail.read(1);
    tail.copyTruncate("app.log", "app.log.1");
    tail.write("app.log", "6\n" + LONG + LONG + "\n");
    tail.read(1);
    tail.hasRead("1", "2", "3", "4", LONG, "5", "6", LONG + LONG);
  }

  /** Beyond the first kilobyte they differ. */
  @Test
  void filesThatBeginAlikeAreCutBeforeTheyAreRead() throws Exception {
    tail = new TailSteps(folder, "app.log");
    tail.write("app.log.8", HEADER + "\nfrom before\n");
    Files.setLastModifiedTime(folder.resolve("app.log.8"), FileTime.from(Instant.EPOCH));
    tail.write("app.log", HEADER + "\n1\n2\n3\n");
    tail.look();
    tail.copyTruncate("app.log", "app.log.2");
    tail.write("app.log", HEADER + "\n4\n5\n");
    tail.copyTruncate("app.log", "app.log.1");
    tail.write("app.log", HEADER + "\n6\n");
    tail.read(1);
    tail.hasRead(HEADER, "1", "2", "3", HEADER, "4", "5", HEADER, "6");
  }

  /** The copy is there, the cut is not, and the file is still being read. */
  @ParameterizedTest
  @CsvSource({"app.log, true", "app.log*, true", "app.log*, false"})
  void aCopyIsFoundWhileTheFileIsStillRead(String pattern, boolean thenCut) throws Exception {
    tail = new TailSteps(folder, pattern);
    tail.write("app.log", "1\n2\n3\n4\n");
    tail.look();
    tail.readOnce(1);
    tail.copy("app.log", "app.log.1");
    tail.look();
    tail.readOnce(1);
    tail.look();
    tail.write("app.log", "");
    if (thenCut) {
      tail.cut("app.log");
      tail.look();
      tail.write("app.log", "5\n");
    } else {
      tail.write("app.log", "5\n");
    }
    tail.read(1);
    tail.look();
    tail.read(1);
    tail.hasRead("1", "2", "3", "4", "5");
  }

  /** A copy that is deleted afterwards, in place of a cut. */
  @Test
  void aCopyOfADeletedFileIsReadWhereTheFileWas() throws Exception {
    tail = new TailSteps(folder, "app.log*");
    tail.write("app.log", "1\n");
    tail.look();
    tail.read(1);
    tail.write("app.log", "2\n");
    tail.restart();
    tail.copy("app.log", "app.log.1");
    Files.delete(folder.resolve("app.log"));
    tail.look();
    tail.read(1);
    assertThat(tail.events).map(Object::toString).containsExactly("1", "2");
  }

  /** The cut is noticed while the next copy is made already, which then is cut, too. */
  @ParameterizedTest
  @ValueSource(strings = {"app.log", "app.log*"})
  void aCutIsNoticedLateWhileTheNextCopyIsThere(String pattern) throws Exception {
    tail = new TailSteps(folder, pattern);
    tail.write("app.log", "1\n2\n");
    tail.look();
    tail.readOnce(1);
    tail.copyTruncate("app.log", "app.log.3");
    tail.write("app.log", "3\n4\n5\n");
    tail.copy("app.log", "app.log.2");
    tail.readOnce(1);
    tail.readOnce(1);
    tail.look();
    tail.readOnce(1);
    tail.cut("app.log");
    tail.write("app.log", "6\n");
    tail.copyTruncate("app.log", "app.log.1");
    tail.write("app.log", LONG + "\n");
    tail.read(1);
    tail.look();
    tail.read(1);
    tail.hasRead("1", "2", "3", "4", "5", "6", LONG);
  }

  @Test
  void aFreshCopyAmongThousandsOfOldOnesIsFound() throws Exception {
    tail = new TailSteps(folder, "app.log");
    for (int i = 10; i < Generations.MOST * 2 + 10; i++) {
      Path old = tail.write("app.log." + i, "old " + i + "\n");
      Files.setLastModifiedTime(old, FileTime.from(Instant.EPOCH.plusSeconds(i)));
    }
    tail.write("app.log", "1\n2\n3\n");
    tail.look();
    tail.readOnce(1);
    tail.copyTruncate("app.log", "app.log.1");
    tail.write("app.log", "4\n");
    tail.read(1);
    tail.copyTruncate("app.log", "app.log.2");
    tail.read(1);
    tail.write("app.log", "5\n");
    tail.copyTruncate("app.log", "app.log.3");
    tail.write("app.log", "6\n");
    tail.read(1);
    tail.hasRead("1", "2", "3", "4", "5", "6");
  }

  /** Old generations are deleted, and their inodes are used again for new ones. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aCopyHasTheInodeOfAGenerationThatWasReadAndDeleted(boolean cutTwice) throws Exception {
    tail = new TailSteps(folder, "app.log");
    tail.write("app.log", "1\n");
    tail.look();
    tail.read(1);
    tail.copyTruncate("app.log", "app.log.9");
    tail.write("app.log", "two\n");
    tail.read(1);
    if (cutTwice) {
      tail.copyTruncate("app.log", "app.log.8");
    }
    tail.write("app.log", "3\n");
    tail.cut("app.log.9");
    tail.write("app.log.9", Files.readString(folder.resolve("app.log")));
    Files.move(folder.resolve("app.log.9"), folder.resolve("app.log.1"));
    tail.cut("app.log");
    tail.write("app.log", LONG + "\n");
    tail.read(1);
    tail.hasRead("1", "two", "3", LONG);
  }

  /** The name has the inode of a generation that was read and deleted: no cut, but a rotation. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theNameHasTheInodeOfAGenerationThatWasReadAndDeleted(boolean restarted) throws Exception {
    tail = new TailSteps(folder, "app.log");
    tail.write("app.log", "1\n");
    tail.look();
    tail.read(1);
    Files.move(folder.resolve("app.log"), folder.resolve("app.log.9"));
    tail.write("app.log", "2\n");
    tail.look();
    tail.read(1);
    tail.look();
    if (restarted) {
      tail.restart();
    }
    Files.move(folder.resolve("app.log"), folder.resolve("app.log.3"));
    tail.write("app.log.2", "3\n");
    tail.write("app.log.1", "4\n");
    Files.move(folder.resolve("app.log.9"), folder.resolve("app.log"));
    tail.cut("app.log");
    tail.write("app.log", "5\n");
    tail.look();
    tail.read(1);
    tail.look();
    tail.read(1);
    tail.hasRead("1", "2", "3", "4", "5");
  }

  /** The times of what came in between lie before that of what was there first. */
  @Test
  void whatMayBeMissedBecauseTheClockWasSetBackIsSaid() throws Exception {
    tail = new TailSteps(folder, "app.log");
    Path log = tail.write("app.log", "1\n");
    Files.setLastModifiedTime(log, FileTime.from(Instant.now().plusSeconds(3600)));
    tail.look();
    tail.read(1);
    tail.restart();
    Files.move(log, folder.resolve("app.log.2"));
    tail.write("app.log.1", "2\n");
    tail.write("app.log", "3\n");
    tail.look();
    tail.read(1);
    assertThat(tail.events).map(Object::toString).contains("1", "3");
    assertThat(tail.losses.files()).isEqualTo(1);
  }

  /** Some files tell a size that they don't have; they are no reason to be busy. */
  @Test
  void aFileThatHasLessThanItsSizeIsLeftAlone() throws Exception {
    Path lying = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");
    org.junit.jupiter.api.Assumptions.assumeTrue(
        Files.isReadable(lying) && Files.size(lying) > Files.readAllBytes(lying).length);
    tail = new TailSteps(folder, "app.log");
    tail.configuration.setPaths(lying.toString());
    tail.restart();
    tail.look();
    tail.readOnce(1000);
    assertThat(tail.events).hasSize(1);
    tail.look();
    tail.readOnce(1000);
    assertThat(tail.more()).isFalse();
    assertThat(tail.events).hasSize(1);
  }

  /** Each folder is listed a few times, however many files in it are cut or renamed at once. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void manyFilesOfOneFolderAreRotatedAtOnce(boolean cut) throws Exception {
    int files = 2000;
    tail = new TailSteps(folder, "*.log");
    for (int i = 0; i < files; i++) {
      tail.write(i + ".log", i + " a\n");
    }
    tail.look();
    tail.read(500);
    for (int i = 0; i < files; i++) {
      tail.write(i + ".log", i + " b\n");
      if (cut) {
        tail.copyTruncate(i + ".log", i + ".log.1");
      } else {
        Files.move(folder.resolve(i + ".log"), folder.resolve(i + ".log.1"));
      }
      tail.write(i + ".log", i + " c " + LONG + "\n");
    }
    long listings = tail.work().listings;
    long looked = tail.work().files;
    tail.look();
    tail.read(500);
    tail.look();
    tail.read(500);
    assertThat(tail.events).hasSize(3 * files);
    assertThat(tail.losses.files()).isZero();
    assertThat(tail.work().listings - listings).isLessThanOrEqualTo(20);
    assertThat(tail.work().files - looked).isLessThanOrEqualTo(20L * files);
  }
}
