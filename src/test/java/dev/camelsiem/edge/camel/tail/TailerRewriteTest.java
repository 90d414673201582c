package dev.camelsiem.edge.camel.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.camelsiem.flow.event.RawEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files whose content becomes another one: cut, written anew, copied and cut. */
class TailerRewriteTest {
  /** Longer than a fingerprint. */
  private static final String HEADER = "# " + "the same in every file ".repeat(60);

  @TempDir Path folder;
  private TailRig rig;
  private Path log;

  @BeforeEach
  void rig() {
    rig = new TailRig(folder);
    log = folder.resolve("app.log");
  }

  @AfterEach
  void stop() throws Exception {
    rig.stop();
  }

  /** How a file gets other content of the same size. */
  private enum Rewrite {
    IN_PLACE {
      @Override
      void put(Path file, String text) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
          channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
        }
      }
    },
    CUT_FIRST {
      @Override
      void put(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.TRUNCATE_EXISTING);
      }
    },
    REPLACED {
      @Override
      void put(Path file, String text) throws IOException {
        Path fresh = Files.writeString(file.resolveSibling("fresh"), text);
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
      }
    },
    DELETED_FIRST {
      @Override
      void put(Path file, String text) throws IOException {
        Files.delete(file);
        Files.writeString(file, text);
      }
    };

    abstract void put(Path file, String text) throws IOException;
  }

  @ParameterizedTest
  @EnumSource(Rewrite.class)
  void aRewriteOfTheSameSizeIsReadWhileTheTailRuns(Rewrite how) throws Exception {
    rig.write("app.log", "aaaa\n");
    rig.start();
    rig.awaitLines("aaaa");
    rig.awaitScan();
    later(() -> how.put(log, "bbbb\n"));
    rig.awaitLines("aaaa", "bbbb");
    rig.write("app.log", "cccc\n");
    rig.awaitLines("aaaa", "bbbb", "cccc");
  }

  @ParameterizedTest
  @EnumSource(Rewrite.class)
  void aRewriteOfTheSameSizeIsReadAfterARestart(Rewrite how) throws Exception {
    rig.write("app.log", "aaaa\n");
    rig.start();
    rig.awaitLines("aaaa");
    rig.stop();
    later(() -> how.put(log, "bbbb\n"));
    rig.start();
    rig.awaitLines("aaaa", "bbbb");
  }

  /** A file system tells times in steps: two writes within one look like one. */
  private void later(Change change) throws IOException {
    FileTime before = Files.getLastModifiedTime(log);
    change.run();
    if (Files.getLastModifiedTime(log).equals(before)) {
      Files.setLastModifiedTime(log, FileTime.fromMillis(before.toMillis() + 10));
    }
  }

  private interface Change {
    void run() throws IOException;
  }

  /** The same file, touched: nothing of it comes again. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aFileThatIsOnlyTouchedIsNotReadAgain(boolean down) throws Exception {
    rig.write("app.log", "aaaa\n");
    rig.start();
    rig.awaitLines("aaaa");
    if (down) {
      rig.stop();
    }
    Files.setLastModifiedTime(log, FileTime.fromMillis(1_000_000_000_000L));
    if (down) {
      rig.start();
    }
    rig.awaitScan();
    Files.setLastModifiedTime(log, FileTime.fromMillis(4_000_000_000_000L));
    rig.awaitScan();
    rig.write("app.log", "bbbb\n");
    rig.awaitLines("aaaa", "bbbb");
  }

  /** The first kilobyte is no difference; what stands before the place is. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aFileWithTheSameHeadThatGrewPastItsPlaceIsReadAnew(boolean down) throws Exception {
    rig.write("app.log", HEADER + "\nold 1\nold 2\n");
    rig.start();
    rig.awaitLines(HEADER, "old 1", "old 2");
    if (down) {
      rig.stop();
    } else {
      rig.refusing = true;
    }
    Files.writeString(
        log, HEADER + "\nnew 1\nnew 2\nnew 3\n", StandardOpenOption.TRUNCATE_EXISTING);
    if (down) {
      rig.start();
    } else {
      await().until(() -> rig.refused() > 3);
      rig.refusing = false;
    }
    rig.awaitLines(HEADER, "old 1", "old 2", HEADER, "new 1", "new 2", "new 3");
  }

  /** What was not read when the file was cut stands in the copy. */
  @ParameterizedTest
  @CsvSource({
    "app.log, app.log.1, true",
    "app.log, app.log.1, false",
    "app.log*, app.log.1, true",
    "app.log*, app.log.1, false",
    "app.log, app.log-20261127, true",
    "*.log, app-20261127.log, false",
  })
  void theCopyOfCopytruncateIsReadWhereTheFileWas(String pattern, String copy, boolean down)
      throws Exception {
    rig.with(options -> options.setPaths(folder + "/" + pattern));
    rig.with(options -> options.setBatchSize(1)); // one is under way, one is read: no more is
    rig.write("app.log", "1\n2\n");
    rig.start();
    rig.awaitLines("1", "2");
    if (down) {
      rig.stop();
    } else {
      rig.refusing = true;
      rig.write("app.log", "3\n4\n");
      await().until(() -> rig.refused() > 3);
    }
    rig.write("app.log", down ? "3\n4\n5\n" : "5\n");
    copyTruncate(copy);
    rig.write("app.log", "6\n");
    if (down) {
      rig.start();
    } else {
      rig.refusing = false;
    }
    rig.awaitSet("1", "2", "3", "4", "5", "6");
    assertThat(rig.events).extracting(RawEvent::id).doesNotHaveDuplicates();
    assertThat(rig.losses().files()).isZero();
    rig.stop();
    rig.start();
    rig.write("app.log", "7\n");
    rig.awaitSet("1", "2", "3", "4", "5", "6", "7");
  }

  /** The first batch of a file may be on its way when we are stopped: its head is known, then. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatWasCutMoreThanOnceBeforeAnythingWasDeliveredIsReadFromTheCopies(boolean down)
      throws Exception {
    rig.with(options -> options.setPaths(log.toString()));
    rig.with(options -> options.setBatchSize(1)); // one is under way, one is read: no more is
    rig.refusing = true;
    rig.write("app.log", "1\n2\n");
    rig.start();
    await().until(() -> rig.refused() > 3);
    if (down) {
      rig.stop();
    }
    rig.write("app.log", "3\n");
    copyTruncate("app.log.2");
    rig.write("app.log", "4\n");
    copyTruncate("app.log.1");
    rig.write("app.log", "5\n");
    rig.refusing = false;
    if (down) {
      rig.start();
    }
    rig.awaitSet("1", "2", "3", "4", "5");
    assertThat(rig.events).extracting(RawEvent::id).doesNotHaveDuplicates();
    assertThat(rig.losses().files()).isZero();
  }

  /** Nothing is known of a file that was cut and not written since: the next cut shows nowhere. */
  @Test
  void whatWasCutAgainBeforeAnythingWasReadIsReadFromTheCopies() throws Exception {
    rig.with(options -> options.setPaths(log.toString()));
    rig.write("app.log", "1\n");
    rig.start();
    rig.awaitLines("1");
    copyTruncate("app.log.3");
    await().until(() -> rig.checkpointText().contains("\"size\":0"));
    rig.stop();
    rig.write("app.log", "2\n");
    copyTruncate("app.log.2");
    rig.write("app.log", "3\n");
    copyTruncate("app.log.1");
    rig.write("app.log", "longer than all before\n");

    rig.start();
    rig.awaitSet("1", "2", "3", "longer than all before");
    assertThat(rig.losses().files()).isZero();
    rig.stop();
    rig.start();
    rig.write("app.log", "4\n");
    rig.awaitSet("1", "2", "3", "longer than all before", "4");
  }

  /** A copy that a wide pattern finds before the file is cut is not read twice. */
  @Test
  void aCopyThatIsFoundBeforeTheCutIsNotReadAgain() throws Exception {
    rig.with(options -> options.setPaths(folder + "/*.log*"));
    rig.write("app.log", "1\n2\n");
    rig.start();
    rig.awaitLines("1", "2");
    Files.writeString(folder.resolve("app.log.1"), "1\n"); // still being written
    rig.awaitScan();
    Files.writeString(folder.resolve("app.log.1"), "2\n", StandardOpenOption.APPEND);
    rig.awaitScan();
    try (FileChannel file = FileChannel.open(log, StandardOpenOption.WRITE)) {
      file.truncate(0);
    }
    rig.awaitScan();
    rig.write("app.log", "3\n");
    rig.awaitLines("1", "2", "3");
  }

  @Test
  void whatWasCutUnreadAndNotCopiedIsCounted() throws Exception {
    rig.with(options -> options.setMaxOpenFiles(1));
    rig.with(options -> options.setBatchSize(1)); // one is under way, one is read: no more is
    rig.write("app.log", "1\n");
    rig.start();
    rig.awaitLines("1");
    rig.refusing = true;
    rig.write("app.log", "2\n3\n");
    await().until(() -> rig.refused() > 0);
    rig.write("app.log", "33\n444\n");
    rig.write("marker.log", "");
    await().until(() -> rig.checkpointText().contains("marker.log")); // now its size is known
    try (FileChannel file = FileChannel.open(log, StandardOpenOption.WRITE)) {
      file.truncate(0);
    }
    rig.write("app.log", "5\n");
    rig.refusing = false;
    rig.awaitLines("1", "2", "3", "5");
    assertThat(rig.losses().files()).isEqualTo(1);
    assertThat(rig.losses().bytes()).isEqualTo(7);
  }

  private void copyTruncate(String copy) throws IOException {
    Files.copy(log, folder.resolve(copy));
    try (FileChannel file = FileChannel.open(log, StandardOpenOption.WRITE)) {
      file.truncate(0);
    }
  }
}
