package dev.camelsiem.edge.camel.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.camelsiem.flow.event.RawEvent;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to files while they are read: renamed, cut, deleted, linked, many. */
class TailerRotationTest {
  @TempDir Path folder;
  private TailRig rig;

  @BeforeEach
  void rig() {
    rig = new TailRig(folder);
  }

  @AfterEach
  void stop() throws Exception {
    rig.stop();
  }

  @Test
  void aRenamedFileIsReadToItsEndBeforeItsSuccessor() throws Exception {
    rig.write("app.log", "1\n");
    rig.start();
    rig.awaitLines("1");

    try (var out = Files.newOutputStream(folder.resolve("app.log"), StandardOpenOption.APPEND)) {
      rig.refusing = true;
      out.write("2\n".getBytes(StandardCharsets.UTF_8));
      await().until(() -> rig.refused() > 0);
      rig.rename("app.log", "app.log.1");
      out.write("3\n".getBytes(StandardCharsets.UTF_8));
      rig.write("app.log", "4\n");
      int refusedBefore = rig.refused();
      await().until(() -> rig.refused() > refusedBefore + 5);
      rig.refusing = false;
      rig.awaitLines("1", "2", "3", "4");
      out.write("late\n".getBytes(StandardCharsets.UTF_8));
      rig.awaitLines("1", "2", "3", "4", "late");
    }
  }

  @Test
  void aRenamedFileThatStillMatchesIsNotReadAgain() throws Exception {
    rig.with(options -> options.setPaths(folder + "/app.log*"));
    rig.write("app.log", "1\n2\n");
    rig.start();
    rig.awaitLines("1", "2");

    rig.rename("app.log", "app.log.1");
    rig.write("app.log", "3\n");
    rig.awaitLines("1", "2", "3");
    rig.rename("app.log.1", "app.log.2");
    rig.rename("app.log", "app.log.1");
    rig.write("app.log", "4\n");
    rig.awaitLines("1", "2", "3", "4");
  }

  @Test
  void aFileRenamedWhileNobodyWatchedIsFoundBesideItsOldName() throws Exception {
    rig.write("app.log", "1\n");
    rig.start();
    rig.awaitLines("1");
    rig.stop();

    rig.write("app.log", "2\n");
    rig.rename("app.log", "app.log.1");
    rig.write("app.log", "3\n");
    rig.start();

    await().until(() -> rig.events.size() == 3);
    assertThat(rig.lines()).containsExactlyInAnyOrder("1", "2", "3");
  }

  @Test
  void copyTruncateStartsAgainAtTheTop() throws Exception {
    rig.write("app.log", "1\n2\n3\n");
    rig.start();
    rig.awaitLines("1", "2", "3");

    copyTruncate();
    rig.awaitScan();
    rig.write("app.log", "4\n");
    rig.awaitLines("1", "2", "3", "4");
  }

  @Test
  void copyTruncateIsSeenThoughTheFileHasGrownPastItsOldSize() throws Exception {
    rig.write("app.log", "1\n2\n3\n");
    rig.start();
    rig.awaitLines("1", "2", "3");
    rig.stop();

    copyTruncate();
    rig.write("app.log", "4 is longer than all that was there before\n5\n");
    rig.start();
    rig.awaitLines("1", "2", "3", "4 is longer than all that was there before", "5");
  }

  @Test
  void copyTruncateToTheSameSizeIsSeenWithTheNextLine() throws Exception {
    rig.write("app.log", "aaaa\n");
    rig.start();
    rig.awaitLines("aaaa");
    rig.stop();

    copyTruncate();
    rig.write("app.log", "bbbb\n");
    rig.start();
    rig.write("app.log", "cccc\n");
    rig.awaitLines("aaaa", "bbbb", "cccc");
  }

  @Test
  void aReusedInodeIsAnotherFile() throws Exception {
    rig.write("app.log", "first file, quite long\nsecond line\n");
    rig.start();
    rig.awaitLines("first file, quite long", "second line");
    rig.stop();

    // The same inode under another name and with other content: what reuse looks like.
    rig.rename("app.log", "other.log");
    Files.writeString(
        folder.resolve("other.log"),
        "a new file, long enough to hold the old offset\nlast\n",
        StandardOpenOption.TRUNCATE_EXISTING);
    rig.start();
    rig.awaitLines(
        "first file, quite long",
        "second line",
        "a new file, long enough to hold the old offset",
        "last");
  }

  @Test
  void aDeletedFileIsReadToItsEnd() throws Exception {
    rig.write("app.log", "1\n");
    rig.start();
    rig.awaitLines("1");
    rig.refusing = true;
    rig.write("app.log", "2\n");
    await().until(() -> rig.refused() > 0);
    rig.write("app.log", "3\n");
    Files.delete(folder.resolve("app.log"));
    int refusedBefore = rig.refused();
    await().until(() -> rig.refused() > refusedBefore + 5);
    rig.refusing = false;
    rig.awaitLines("1", "2", "3");
  }

  @Test
  void descriptorsOfDeletedFilesAreGivenBack() throws Exception {
    rig.write("app.log", "1\n");
    rig.start();
    rig.awaitLines("1");
    assertThat(openFiles("app.log")).isEqualTo(1);
    Files.delete(folder.resolve("app.log"));
    await().until(() -> openFiles("app.log") == 0);
  }

  @Test
  void linksAreFollowedWithinTheFolderOnly(@TempDir Path elsewhere) throws Exception {
    Path outside = Files.writeString(elsewhere.resolve("secret"), "secret\n");
    rig.write("data/real", "inside\n");
    Files.createSymbolicLink(folder.resolve("in.log"), folder.resolve("data/real"));
    Files.createSymbolicLink(folder.resolve("twin.log"), folder.resolve("data/real"));
    Files.createSymbolicLink(folder.resolve("out.log"), outside);
    Files.createSymbolicLink(folder.resolve("broken.log"), folder.resolve("nothing"));
    rig.start();
    rig.awaitLines("inside");
    rig.awaitScan();
    assertThat(rig.lines()).containsExactly("inside");
    rig.stop();

    rig.with(options -> options.setFollowLinksOutside(true)).start();
    rig.awaitLines("inside", "secret");
  }

  @Test
  void aLinkThatIsSwappedLeadsToTheNextFile() throws Exception {
    rig.with(options -> options.setPaths(folder + "/current"));
    rig.write("one", "1\n");
    rig.write("two", "2\n");
    Files.createSymbolicLink(folder.resolve("current"), folder.resolve("one"));
    rig.start();
    rig.awaitLines("1");

    Files.createSymbolicLink(folder.resolve("next"), folder.resolve("two"));
    Files.move(
        folder.resolve("next"), folder.resolve("current"), StandardCopyOption.REPLACE_EXISTING);
    rig.awaitLines("1", "2");
  }

  @Test
  void tenThousandFilesNeedFewDescriptors() throws Exception {
    int count = 10_000;
    rig.with(
        options -> {
          options.setPaths(folder + "/**/*.log");
          options.setMaxOpenFiles(32);
        });
    for (int i = 0; i < count; i++) {
      rig.write("d" + i % 100 + "/" + i + ".log", "line of " + i + "\n");
    }
    rig.start();
    await().atMost(60, TimeUnit.SECONDS).until(() -> rig.events.size() >= count);
    assertThat(rig.lines()).doesNotHaveDuplicates().hasSize(count);
    assertThat(openFiles(".log")).isLessThanOrEqualTo(32);

    rig.write("d7/7.log", "more of 7\n");
    rig.write("d99/9999.log", "more of 9999\n");
    await().until(() -> rig.events.size() >= count + 2);
    assertThat(rig.lines().subList(count, count + 2))
        .containsExactlyInAnyOrder("more of 7", "more of 9999");
  }

  @Test
  void excludedFilesAreLeftOut() throws Exception {
    rig.with(options -> options.setPaths(folder + "/*"));
    rig.write("a.log", "1\n");
    rig.write("a.log.gz", "not a line\n");
    rig.start();
    rig.awaitLines("1");
  }

  @Test
  void noTwoFilesOfAPathAndPlaceShareAnId() throws Exception {
    rig.write("app.log", "same\n");
    rig.start();
    rig.awaitCount(1);
    Files.writeString(folder.resolve("app.log"), ""); // truncated in place
    rig.awaitScan();
    rig.write("app.log", "same\n");
    rig.awaitCount(2);
    rig.rename("app.log", "app.log.1"); // rotated
    rig.write("app.log", "same\n");
    rig.awaitCount(3);

    assertThat(rig.events).extracting(RawEvent::position).containsOnly(0L);
    assertThat(rig.events).extracting(RawEvent::id).doesNotHaveDuplicates();
  }

  private void copyTruncate() throws Exception {
    Files.copy(folder.resolve("app.log"), folder.resolve("app.copy"));
    try (FileChannel file = FileChannel.open(folder.resolve("app.log"), StandardOpenOption.WRITE)) {
      file.truncate(0);
    }
  }

  /** How many descriptors of this process lead to files of the folder with this in their names. */
  private long openFiles(String name) throws Exception {
    List<String> targets = new ArrayList<>();
    String root = folder.toRealPath().toString();
    try (var descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (Path descriptor : descriptors) {
        if (Files.isSymbolicLink(descriptor)) {
          targets.add(Files.readSymbolicLink(descriptor).toString());
        }
      }
    }
    return targets.stream()
        .filter(target -> target.startsWith(root))
        .filter(target -> target.contains(name))
        .count();
  }
}
