package dev.camelsiem.edge.camel.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.camelsiem.supervise.Supervision;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What fails in one file is that file's alone, and is tried again. */
class TailerDefectTest {
  @TempDir Path folder;
  private TailRig rig;
  private final Set<String> broken = ConcurrentHashMap.newKeySet();
  private final long failuresBefore = Supervision.failures("siem-tail");

  @BeforeEach
  void rig() {
    rig = new TailRig(folder);
  }

  @AfterEach
  void stop() throws Exception {
    rig.stop();
  }

  /** A file of the kernel's that is a regular one of 4,096 bytes and refuses to be read. */
  @Test
  void aFileThatCannotBeReadStopsNoOtherAndIsReadWhenItIsMended() throws Exception {
    Path unreadable = Path.of("/sys/class/net/lo/speed");
    assumeTrue(Files.exists(unreadable), "lacks " + unreadable);
    rig.with(options -> options.setFollowLinksOutside(true));
    Files.createSymbolicLink(folder.resolve("bad.log"), unreadable);
    rig.write("good.log", "1\n");
    rig.start();
    rig.awaitLines("1");
    for (int i = 2; i < 20; i++) {
      rig.write("good.log", i + "\n");
      rig.awaitCount(i);
    }
    assertThat(rig.checkpointText()).contains("good.log");
    Path mended = Files.writeString(folder.resolve("mended"), "20\n");
    Files.createSymbolicLink(folder.resolve("fresh"), mended);
    Files.move(
        folder.resolve("fresh"),
        folder.resolve("bad.log"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    rig.awaitCount(20);
    assertThat(Supervision.failures("siem-tail")).isEqualTo(failuresBefore);
  }

  /** Whatever is thrown: an error of the disk, or a defect of ours. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aDefectWhileAFileIsReadNeitherStopsOthersNorFreezesItsPlace(boolean ofOurs)
      throws Exception {
    rig.opener =
        path -> {
          if (broken.contains(path.getFileName().toString())) {
            if (ofOurs) {
              throw new IllegalStateException("for a test");
            }
            throw new IOException("for a test");
          }
          return FileChannel.open(path, StandardOpenOption.READ);
        };
    rig.with(options -> options.setMaxOpenFiles(1));
    rig.write("a.log", "a1\n");
    rig.write("b.log", "b1\n");
    rig.start();
    rig.awaitSet("a1", "b1");
    broken.add("a.log");
    rig.write("b.log", "b2\n"); // takes the one descriptor
    rig.awaitSet("a1", "b1", "b2");
    rig.write("a.log", "a2\n");
    for (int i = 3; i < 20; i++) {
      rig.write("b.log", "b" + i + "\n");
      rig.awaitCount(i + 1);
    }
    broken.clear();
    rig.awaitCount(21);
    assertThat(rig.lines()).contains("a2");
    await().untilAsserted(() -> assertThat(place("a.log")).isEqualTo(6));
    assertThat(Supervision.failures("siem-tail")).isEqualTo(failuresBefore);
  }

  /** One that follows a file that can't be read does not wait for it. */
  @Test
  void aSuccessorDoesNotWaitForAFileThatCannotBeRead() throws Exception {
    broken.add("a.log.1");
    rig.opener =
        path -> {
          if (broken.contains(path.getFileName().toString())) {
            throw new IOException("for a test");
          }
          return FileChannel.open(path, StandardOpenOption.READ);
        };
    rig.write("a.log", "1\n");
    rig.start();
    rig.awaitLines("1");
    rig.stop();
    rig.write("a.log", "2\n");
    rig.rename("a.log", "a.log.1");
    rig.write("a.log", "3\n");
    rig.start();
    rig.awaitLines("1", "3");
    broken.clear();
    rig.awaitSet("1", "2", "3");
  }

  @Test
  void aBatchForgetsItsFilesWhenTheirPlacesAreDelivered() {
    TailedFile file = new TailedFile("key", folder, folder);
    Batch batch = new Batch(1, 1);
    batch.touch(file);
    assertThat(batch.commit()).isTrue();
    assertThat(batch.commit()).isFalse();
    assertThat(file.inBatch()).isFalse();
  }

  private long place(String name) throws IOException {
    for (String line : rig.checkpointText().lines().toList()) {
      if (line.contains("/" + name + "\"")) {
        String from = line.substring(line.indexOf("\"offset\":") + 9);
        return Long.parseLong(from.substring(0, from.indexOf(',')));
      }
    }
    return -1;
  }
}
