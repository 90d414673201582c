package dev.camelsiem.edge.camel.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What could not be read is counted, and places do not pile up. */
class TailerLossTest {
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
  void filesDeletedBeforeTheyWereReadAreCountedWithTheirBytes() throws Exception {
    rig.with(options -> options.setMaxOpenFiles(1));
    rig.with(options -> options.setBatchSize(1)); // one is under way, one is read: no more is
    rig.refusing = true;
    rig.write("a.log", "1\n2\n");
    rig.start();
    await().until(() -> rig.refused() > 0);
    for (String name : List.of("b", "c", "d")) {
      rig.write(name + ".log", "123456789\n");
    }
    await().until(() -> rig.checkpointText().contains("d.log"));
    for (String name : List.of("b", "c", "d")) {
      Files.delete(folder.resolve(name + ".log"));
    }
    await().until(() -> rig.losses().files() == 3);
    assertThat(rig.losses().bytes()).isEqualTo(30);
    rig.refusing = false;
    rig.awaitLines("1", "2");
    await().until(() -> !rig.checkpointText().contains("d.log"));
  }

  @Test
  void aFileDeletedWhileNobodyWatchedIsCounted() throws Exception {
    rig.write("a.log", "1\n");
    rig.write("b.log", "2\n");
    rig.start();
    rig.awaitSet("1", "2");
    rig.stop();
    rig.write("a.log", "unknown\n");
    Files.delete(folder.resolve("a.log"));

    rig.start();
    await().until(() -> rig.losses().files() == 1);
    assertThat(rig.losses().bytes()).isZero(); // how many is not known
    rig.write("b.log", "3\n");
    rig.awaitSet("1", "2", "3");
  }

  /** Old generations go all the time, and have been read. */
  @Test
  void aRotatedFileThatWasReadMayGoWithoutACount() throws Exception {
    rig.write("a.log", "1\n");
    rig.start();
    rig.awaitLines("1");
    rig.rename("a.log", "a.log.1");
    rig.write("a.log", "2\n");
    rig.awaitLines("1", "2");
    await().until(() -> rig.checkpointText().contains("\"gone\":true"));
    rig.stop();
    Files.delete(folder.resolve("a.log.1"));
    rig.start();
    await().until(() -> !rig.checkpointText().contains("\"gone\":true"));
    assertThat(rig.losses().files()).isZero();
  }

  @Test
  void aGenerationThatWasPackedBeforeItWasSeenIsCounted() throws Exception {
    rig.with(options -> options.setPaths(folder + "/a.log"));
    rig.write("a.log", "1\n");
    rig.start();
    rig.awaitLines("1");
    rig.stop();
    rig.rename("a.log", "a.log.2");
    Path packed = rig.write("a.log.1.gz", "not a line\n");
    Files.setLastModifiedTime(
        packed,
        java.nio.file.attribute.FileTime.fromMillis(
            Files.getLastModifiedTime(folder.resolve("a.log.2")).toMillis() + 1000));
    rig.write("a.log", "3\n");
    rig.start();
    rig.awaitLines("1", "3");
    assertThat(rig.losses().files()).isEqualTo(1);
  }

  /** Each rotation makes a file, and each file must be forgotten some time. */
  @Test
  void placesOfDeletedFilesAreForgotten() throws Exception {
    int rotations = 30;
    rig.write("a.log", "0\n");
    rig.start();
    for (int i = 1; i <= rotations; i++) {
      Files.deleteIfExists(folder.resolve("a.old"));
      int seen = i;
      await().until(() -> rig.events.size() >= seen);
      rig.rename("a.log", "a.old");
      rig.write("a.log", i + "\n");
    }
    rig.awaitCount(rotations + 1);
    await().until(() -> rig.checkpointText().lines().count() <= 3);
    assertThat(rig.losses().files()).isZero();
  }

  /** A disk that is away for a moment is no reason to read all again, whatever the clock says. */
  @Test
  void aFolderThatComesBackIsReadOnWhereItWas() throws Exception {
    Path disk = Files.createDirectories(folder.resolve("disk"));
    rig.with(options -> options.setPaths(folder + "/disk/*.log"));
    rig.write("disk/a.log", "1\n");
    rig.start();
    rig.awaitLines("1");
    rig.stop();
    SavedPlaces.change(rig, body -> oldFormat(body).replaceAll("\"seen\":[0-9]+", "\"seen\":1"));
    Files.move(disk, folder.resolve("away"));
    rig.start();
    await().until(() -> rig.checkpointText().contains("a.log"));
    rig.stop();
    rig.start();
    Files.move(folder.resolve("away"), disk);
    rig.write("disk/a.log", "2\n");
    rig.awaitLines("1", "2");
  }

  private static String oldFormat(String body) {
    return body.replace("\"gone\":", "\"seen\":1,\"gone\":");
  }

  @Test
  void aFolderInTheFilesPlaceIsNoHarm() throws Exception {
    rig.write("a.log", "1\n");
    rig.write("b.log", "2\n");
    rig.start();
    rig.awaitSet("1", "2");
    replaceByFolder("a.log");
    rig.write("b.log", "3\n");
    rig.awaitSet("1", "2", "3");
    Files.delete(folder.resolve("a.log"));
    rig.write("a.log", "4\n");
    rig.awaitSet("1", "2", "3", "4");
  }

  private void replaceByFolder(String name) throws IOException {
    Files.delete(folder.resolve(name));
    Files.createDirectory(folder.resolve(name));
  }
}
