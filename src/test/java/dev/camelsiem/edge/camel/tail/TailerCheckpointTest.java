package dev.camelsiem.edge.camel.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.camelsiem.durable.DurableFiles;
import dev.camelsiem.flow.event.EventId;
import dev.camelsiem.flow.event.RawEvent;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a place is saved, and what becomes of a damaged one. */
class TailerCheckpointTest {
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
  void aPlaceIsSavedOnlyAfterDelivery() throws Exception {
    rig.write("a.log", "1\n2\n");
    rig.refusing = true;
    rig.start();
    await().until(() -> rig.refused() > 5);
    assertThat(rig.checkpointText()).doesNotContain("\"offset\":4").contains("\"offset\":0");
    rig.refusing = false;
    await().untilAsserted(() -> assertThat(rig.checkpointText()).contains("\"offset\":4"));
    rig.awaitLines("1", "2");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(Path.of(rig.configuration.getCheckpoint()))))
        .isEqualTo("rw-------");
  }

  /** Each event that was delivered since comes again after a crash. */
  @Test
  void aPlaceIsSavedAfterManyEventsWhateverTheInterval() throws Exception {
    rig.with(to -> to.setCheckpointInterval(3_600_000));
    AtomicBoolean saved = new AtomicBoolean();
    rig.whenTaken =
        () -> {
          if (!saved.get()) {
            saved.set(!rig.checkpointText().contains("\"offset\":0"));
            Path other = folder.resolve("takes-as-long-as-a-checkpoint");
            DurableFiles.replace(other, ByteBuffer.allocate(100));
          }
        };
    rig.write("a.log", "x\n".repeat(100_000));
    rig.start();
    rig.awaitCount(100_000);
    assertThat(saved).isTrue();
  }

  /** The process may end between a delivery and the checkpoint after it. */
  @Test
  void whatComesAgainAfterARestartHasTheSameIds() throws Exception {
    Path checkpoint = Path.of(rig.configuration.getCheckpoint());
    rig.write("a.log", "1\n2\n");
    rig.refusing = true;
    rig.start();
    await().until(() -> rig.refused() > 0);
    byte[] before = Files.readAllBytes(checkpoint);
    rig.refusing = false;
    rig.awaitLines("1", "2");
    rig.stop();
    List<EventId> first = rig.events.stream().map(RawEvent::id).toList();
    rig.events.clear();
    Files.write(checkpoint, before);

    rig.start();
    rig.awaitLines("1", "2");
    assertThat(rig.events).extracting(RawEvent::id).isEqualTo(first);
    assertThat(first).doesNotHaveDuplicates();
    rig.stop();
    rig.write("a.log", "3\n");
    rig.start();
    rig.awaitLines("1", "2", "3");
    assertThat(rig.events.get(2).source()).isEqualTo(first.get(0).source());
  }

  /** A truncated file is another one, and must be so again after a crash. */
  @Test
  void theNewIdsOfATruncatedFileAreSavedBeforeTheyAreSeen() throws Exception {
    Path checkpoint = Path.of(rig.configuration.getCheckpoint());
    rig.write("a.log", "long line of old\n");
    rig.start();
    rig.awaitLines("long line of old");
    rig.refusing = true;
    Files.writeString(folder.resolve("a.log"), "1\n2\n");
    await().until(() -> rig.refused() > 0);
    byte[] before = Files.readAllBytes(checkpoint);
    rig.refusing = false;
    rig.awaitLines("long line of old", "1", "2");
    rig.stop();
    List<EventId> first = rig.events.stream().map(RawEvent::id).toList();
    rig.events.clear();
    Files.write(checkpoint, before);

    rig.start();
    rig.awaitLines("1", "2");
    assertThat(rig.events).extracting(RawEvent::id).isEqualTo(first.subList(1, 3));
    assertThat(first.get(0).source()).isNotEqualTo(first.get(1).source());
  }

  @Test
  void stopsAtOnceWhileTheSinkRefusesAndStartsWithTheSameBatch() throws Exception {
    rig.with(
        options -> {
          options.setMaxRetryDelay(3_600_000);
          options.setRetryDelay(3_600_000);
        });
    rig.write("a.log", "1\n");
    rig.refusing = true;
    rig.start();
    await().until(() -> rig.refused() == 1);
    rig.stop();

    rig.refusing = false;
    rig.start();
    rig.awaitLines("1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "garbage", "{}\n", "torn", "flipped"})
  void aDamagedCheckpointMeansDuplicatesAndNoLoss(String damage) throws Exception {
    rig.with(options -> options.setStartAt(TailConfiguration.StartAt.end));
    rig.start();
    await().until(() -> rig.checkpointText().contains("\"files\":0"));
    rig.write("a.log", "1\n2\n");
    rig.awaitLines("1", "2");
    rig.stop();
    rig.events.clear();
    SavedPlaces.change(rig, body -> body); // to one group: without the first all is damaged
    Path file = Path.of(rig.configuration.getCheckpoint());
    String good = Files.readString(file);
    assertThat(good).contains("\"offset\":4");
    Files.writeString(
        file,
        switch (damage) {
          case "torn" -> good.substring(0, good.length() / 2);
          case "flipped" -> good.replace("\"offset\":4", "\"offset\":6");
          default -> damage;
        });
    rig.write("a.log", "3\n");

    rig.start();

    await().until(() -> rig.lines().contains("3"));
    assertThat(rig.lines()).containsSubsequence("1", "2", "3");
    assertThat(file.resolveSibling("checkpoint.damaged")).exists();
  }

  /** Killed before anything was saved: the next start must not take itself for the first. */
  @Test
  void aDamagedCheckpointIsKnownAsSuchUntilAnotherIsSaved() throws Exception {
    Path file = Files.writeString(folder.resolve("checkpoint"), "garbage");
    for (int i = 0; i < 2; i++) {
      assertThat(new Checkpoint(file).load()).isEmpty();
      assertThat(folder.resolve("checkpoint.damaged")).hasContent("garbage");
    }
    new Checkpoint(file).save(List.of());
    assertThat(new Checkpoint(file).load()).isEmpty();
    assertThat(folder.resolve("checkpoint.damaged")).hasContent("garbage");
  }

  /** Where a damaged checkpoint can't be kept, the tail starts all the same. */
  @Test
  void aDamagedCheckpointNeedNotBeKept() throws Exception {
    Path file = Files.writeString(folder.resolve("checkpoint"), "garbage");
    Files.createDirectories(folder.resolve("checkpoint.damaged/in-the-way"));
    assertThat(new Checkpoint(file).load()).isEmpty();
  }

  @Test
  void startAtEndSkipsWhatIsThereAndNothingElse() throws Exception {
    rig.with(options -> options.setStartAt(TailConfiguration.StartAt.end));
    rig.write("old.log", "old\nbegun ");
    rig.start();
    await().untilAsserted(() -> assertThat(rig.checkpointText()).contains("\"offset\":4"));
    rig.write("old.log", "and ended\n");
    rig.awaitLines("begun and ended");
    rig.write("new.log", "new\n");
    rig.awaitLines("begun and ended", "new");
    rig.stop();
    rig.write("later.log", "later\n");
    rig.start();
    rig.awaitLines("begun and ended", "new", "later");
  }

  @Test
  void twoTailsCannotShareACheckpoint() throws Exception {
    rig.start();
    assertThatThrownBy(() -> new TailRig(folder).start())
        .hasMessageContaining("another tail uses the checkpoint")
        .hasMessageContaining("give each its own");
    rig.stop();
    rig.start();
  }

  /** Format 1 had no number and knew less of each file. */
  @Test
  void aCheckpointOfTheFirstFormatIsReadOn() throws Exception {
    Path log = rig.write("a.log", "1\n2\n3\n");
    String key = Files.readAttributes(log, BasicFileAttributes.class).fileKey().toString();
    String head = "4355a46b19d348dc2f57c046f8ef63d4"; // of "1\n"
    SavedPlaces.write(
        rig,
        ("{\"path\":\"%s\",\"key\":\"%s\",\"offset\":2,\"headBytes\":2,\"headHash\":\"%s\","
                + "\"seen\":1764207550000,\"source\":\"7f2a\"}\n")
            .formatted(log, key, head),
        1);
    rig.start();
    rig.awaitLines("2", "3");
    assertThat(rig.events.get(0).source()).isEqualTo(0x7f2a);
  }

  @Test
  void aCheckpointOfAFormatToComeIsRefusedWithTheRemedy() throws Exception {
    SavedPlaces.write(rig, "{\"what\":1}\n", 4);
    assertThatThrownBy(() -> rig.start())
        .hasMessageContaining("has format 4, this version knows up to 3")
        .hasMessageContaining("name another file with the option checkpoint");
    Files.delete(Path.of(rig.configuration.getCheckpoint()));
    rig.start(); // the refused one keeps nothing locked
  }

  /** A name may be none where the character set is another one. */
  @Test
  void aNameThatIsNoPathHereStopsNothing() throws Exception {
    rig.write("a.log", "1\n");
    rig.start();
    rig.awaitLines("1");
    rig.stop();
    SavedPlaces.change(rig, body -> body.replace("a.log", "a\\u0000.log"));
    rig.write("a.log", "2\n");
    rig.start();
    rig.awaitLines("1", "2");
  }

  @Test
  void aFolderInPlaceOfACheckpointIsNamedWithTheRemedy() throws Exception {
    Path checkpoint = Path.of(rig.configuration.getCheckpoint());
    Files.createDirectories(checkpoint);
    assertThatThrownBy(() -> rig.start())
        .hasMessageContaining(
            "the checkpoint " + checkpoint.toAbsolutePath() + " is a folder: name a file");
  }

  @Test
  void wrongOptionsAreNamed() {
    assertThatThrownBy(() -> new TailRig(folder).with(o -> o.setPaths(" , ")).start())
        .hasMessageContaining("paths is empty");
    assertThatThrownBy(() -> new TailRig(folder).with(o -> o.setBatchSize(0)).start())
        .hasMessageContaining("batchSize must be 1..100000");
  }
}
