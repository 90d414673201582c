package dev.camelsiem.edge.camel.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A file is found wherever it went, also while nobody watched. */
class TailerIdentityTest {
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

  /** What becomes of a log whose first line is read; every line written is a number. */
  private enum Fate {
    RENAMED {
      @Override
      void befalls(Layout layout, TailRig rig) throws IOException {
        layout.append(rig, "2\n");
        layout.rotate(rig, ".1");
        layout.append(rig, "3\n");
      }
    },
    RENAMED_BY_DATE {
      @Override
      void befalls(Layout layout, TailRig rig) throws IOException {
        layout.append(rig, "2\n");
        layout.rotate(rig, ".20260101-120000");
        layout.append(rig, "3\n");
      }
    },
    RENAMED_THRICE {
      @Override
      void befalls(Layout layout, TailRig rig) throws IOException {
        for (int i = 2; i < 5; i++) {
          layout.append(rig, i + "\n");
          layout.shift(rig, 3);
        }
        layout.append(rig, "5\n");
      }
    },
    RENAMED_AND_NOT_MADE_AGAIN {
      @Override
      void befalls(Layout layout, TailRig rig) throws IOException {
        layout.append(rig, "2\n");
        layout.rotate(rig, "-20260101");
      }
    },
    LINK_SWITCHED {
      @Override
      void befalls(Layout layout, TailRig rig) throws IOException {
        assumeThat(layout).isNotIn(Layout.PLAIN, Layout.GLOB);
        layout.append(rig, "2\n");
        Path other = Files.writeString(layout.real(rig).resolveSibling("other.log"), "3\n");
        layout.linkTo(rig, other);
      }
    },
    RENAMED_AND_LINK_SWITCHED {
      @Override
      void befalls(Layout layout, TailRig rig) throws IOException {
        assumeThat(layout).isNotIn(Layout.PLAIN, Layout.GLOB);
        layout.append(rig, "2\n");
        layout.rotate(rig, ".20260101-120000");
        Path other = Files.writeString(layout.real(rig).resolveSibling("1.log"), "3\n");
        layout.linkTo(rig, other);
      }
    },
    RENAMED_TWICE_AND_LINK_SWITCHED {
      @Override
      void befalls(Layout layout, TailRig rig) throws IOException {
        assumeThat(layout).isNotIn(Layout.PLAIN, Layout.GLOB);
        layout.append(rig, "2\n");
        layout.shift(rig, 2);
        layout.append(rig, "3\n");
        layout.shift(rig, 2);
        layout.append(rig, "4\n");
        Path other = Files.writeString(layout.real(rig).resolveSibling("1.log"), "5\n");
        layout.linkTo(rig, other);
      }
    };

    abstract void befalls(Layout layout, TailRig rig) throws IOException;
  }

  static Stream<Arguments> layoutsAndFates() {
    List<Arguments> all = new ArrayList<>();
    for (Layout layout : Layout.values()) {
      for (Fate fate : Fate.values()) {
        all.add(Arguments.of(layout, fate));
      }
    }
    return all.stream();
  }

  private static String[] numbers(Fate fate) {
    int last =
        switch (fate) {
          case RENAMED_THRICE, RENAMED_TWICE_AND_LINK_SWITCHED -> 5;
          case RENAMED_AND_NOT_MADE_AGAIN -> 2;
          default -> 3;
        };
    return Stream.iterate(1, i -> i + 1).limit(last).map(String::valueOf).toArray(String[]::new);
  }

  @ParameterizedTest
  @MethodSource("layoutsAndFates")
  void whateverHappensWhileNobodyWatchesIsReadInOrder(Layout layout, Fate fate) throws Exception {
    layout.use(rig);
    layout.append(rig, "1\n");
    rig.start();
    rig.awaitLines("1");
    rig.stop();

    fate.befalls(layout, rig);

    rig.start();
    rig.awaitLines(numbers(fate));
    assertThat(rig.losses().files()).isZero();
    rig.stop();
    rig.start(); // and it stays so
    layout.append(rig, "next\n");
    await().until(() -> fate.name().contains("SWITCHED") || rig.lines().contains("next"));
    assertThat(rig.lines()).startsWith(numbers(fate)).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("layoutsAndFates")
  void whateverHappensWhileNothingIsAcceptedIsReadInOrder(Layout layout, Fate fate)
      throws Exception {
    layout.use(rig);
    rig.with(options -> options.setBatchSize(1)); // one is under way, one is read: no more is
    layout.append(rig, "1\n");
    rig.start();
    rig.awaitLines("1");
    rig.refusing = true;
    fate.befalls(layout, rig);
    await().until(() -> rig.refused() > 10);
    rig.refusing = false;
    rig.awaitLines(numbers(fate));
    assertThat(rig.losses().files()).isZero();
  }

  @ParameterizedTest
  @EnumSource(Layout.class)
  void aFileThatIsClosedAndRenamedIsReadToItsEnd(Layout layout) throws Exception {
    rig.with(options -> options.setMaxOpenFiles(1));
    layout.use(rig);
    layout.append(rig, "1\n");
    rig.start();
    rig.awaitLines("1");
    layout.rotate(rig, ".1");
    layout.append(rig, "2\n");
    rig.awaitLines("1", "2");

    Path rotated = layout.real(rig).resolveSibling(layout.real(rig).getFileName() + ".1");
    Files.writeString(rotated, "late\n", java.nio.file.StandardOpenOption.APPEND);
    rig.awaitLines("1", "2", "late");
  }

  @ParameterizedTest
  @org.junit.jupiter.params.provider.ValueSource(booleans = {true, false})
  void twoFilesThatSwapNamesDoNotWaitForEachOther(boolean down) throws Exception {
    rig.write("a.log", "a1\n");
    rig.write("b.log", "b1\n");
    rig.start();
    rig.awaitSet("a1", "b1");
    if (down) {
      rig.stop();
    } else {
      rig.refusing = true;
    }
    rig.write("a.log", "a2\n");
    rig.write("b.log", "b2\n");
    rig.rename("a.log", "c");
    rig.rename("b.log", "a.log");
    rig.rename("c", "b.log");
    if (down) {
      rig.start();
    } else {
      int before = rig.refused();
      await().until(() -> rig.refused() > before + 5);
      rig.refusing = false;
    }
    rig.awaitSet("a1", "b1", "a2", "b2");
    rig.write("a.log", "b3\n");
    rig.write("b.log", "a3\n");
    rig.awaitSet("a1", "b1", "a2", "b2", "a3", "b3");
  }

  @Test
  void threeFilesMayTurnInACircle() throws Exception {
    rig.with(options -> options.setMaxOpenFiles(1));
    for (String name : List.of("a", "b", "c")) {
      rig.write(name + ".log", name + "1\n");
    }
    rig.start();
    rig.awaitSet("a1", "b1", "c1");
    rig.refusing = true;
    for (String name : List.of("a", "b", "c")) {
      rig.write(name + ".log", name + "2\n");
    }
    rig.rename("a.log", "x");
    rig.rename("c.log", "a.log");
    rig.rename("b.log", "c.log");
    rig.rename("x", "b.log");
    await().until(() -> rig.refused() > 5);
    rig.refusing = false;
    rig.awaitSet("a1", "b1", "c1", "a2", "b2", "c2");
  }

  @Test
  void aDiskWithAnotherNumberIsReadOnWhereItWas() throws Exception {
    rig.write("app.log", "1\n2\n");
    rig.write("other.log", "x\n");
    rig.start();
    rig.awaitSet("1", "2", "x");
    rig.stop();
    SavedPlaces.change(rig, text -> text.replaceAll("dev=[0-9a-f]+", "dev=abc1"));
    rig.write("app.log", "3\n");
    rig.rename("other.log", "other.log.1"); // no wanted name leads there
    Files.writeString(folder.resolve("other.log.1"), "x\ny\n");

    rig.start();
    rig.awaitSet("1", "2", "x", "3", "y");
    assertThat(rig.events.get(3).source()).isIn(sources());
  }

  private List<Long> sources() {
    return rig.events.subList(0, 3).stream().map(event -> event.source()).toList();
  }

  /** A file that was written at one stroke has no birth but its last change. */
  @Test
  void aFileBornAfterAnotherWasChangedLastIsNewThoughItHasItsInodeAndHead() throws Exception {
    Path log = rig.write("app.log", "1\n2\n");
    rig.start();
    rig.awaitLines("1", "2");
    rig.stop();
    Files.setLastModifiedTime(log, FileTime.from(Instant.now().plusSeconds(10)));
    assumeThat(seen(log).created()).as("a birth that is told").isNotZero();
    String before = "\"modified\":" + (seen(log).created() - 1_000_000_000);
    SavedPlaces.change(
        rig,
        text ->
            text.replaceAll("\"modified\":[0-9]+", before)
                .replaceAll("\"created\":[0-9]+", "\"created\":0"));
    rig.write("app.log", "3\n");
    Files.setLastModifiedTime(log, FileTime.from(Instant.now().plusSeconds(10)));

    rig.start();
    rig.awaitLines("1", "2", "1", "2", "3");
  }

  private static FoundFile seen(Path file) throws Exception {
    return FoundFile.of(file, file, Files.readAttributes(file, BasicFileAttributes.class));
  }

  /** The same number on another disk is no proof. */
  @Test
  void anotherFileWithTheSameInodeOnAnotherDiskIsNew() throws Exception {
    rig.write("app.log", "1\n2\n");
    rig.start();
    rig.awaitLines("1", "2");
    rig.stop();
    SavedPlaces.change(rig, text -> text.replaceAll("dev=[0-9a-f]+", "dev=abc1"));
    Files.writeString(folder.resolve("app.log"), "9\n8\n7\n");
    rig.start();
    rig.awaitLines("1", "2", "9", "8", "7");
  }

  /** A look may be far from the next while a batch is under way. */
  @Test
  void aLogThatIsRotatedBeforeItWasEverSeenIsReadFromItsFirstFileOn() throws Exception {
    rig.with(options -> options.setPaths(folder + "/app.log," + folder + "/other.log"));
    rig.write("app.log.1", "from before\n");
    rig.whenTaken =
        () -> {
          rig.whenTaken = () -> {};
          rig.rename("app.log.1", "app.log.3");
          rig.write("app.log.2", "1\n");
          rig.write("app.log.1", "2\n");
          rig.write("app.log", "3\n");
        };
    rig.write("other.log", "0\n");
    rig.start();
    rig.awaitLines("0", "1", "2", "3");
  }

  /** Each time, the new link leads to a file of another name, and its old one had it twice. */
  @Test
  void linksThatAreSwitchedAgainAndAgainLoseNothing() throws Exception {
    Layout layout = Layout.KUBERNETES_ON_DOCKER;
    layout.use(rig);
    layout.append(rig, "0\n");
    rig.start();
    rig.awaitLines("0");
    Path target = layout.real(rig);
    List<String> lines = new ArrayList<>(List.of("0"));
    for (int i = 1; i < 4; i++) {
      rig.stop();
      rig.write(folder.relativize(target).toString(), i + ".a\n");
      Files.move(target, target.resolveSibling(target.getFileName() + ".1"));
      rig.write(folder.relativize(target).toString(), i + ".b\n");
      target = target.resolveSibling(i + "-json.log");
      rig.write(folder.relativize(target).toString(), i + ".c\n");
      layout.linkTo(rig, target);
      lines.addAll(List.of(i + ".a", i + ".b", i + ".c"));
      rig.start();
      rig.awaitLines(lines.toArray(String[]::new));
    }
  }

  @Test
  void namesAreWatchedSoThatShortLivesAreSeen() throws Exception {
    rig.with(
        options -> {
          options.setScanInterval(3_600_000);
          options.setPollInterval(5); // a file may be seen before anything is written to it
          options.setPaths(folder + "/app.log");
        });
    rig.write("app.log", "0\n");
    rig.start();
    rig.awaitLines("0");
    String[] lines = {"0", "1", "2", "3", "4"};
    for (int i = 1; i < lines.length; i++) {
      rig.rename("app.log", "gone." + i + ".old"); // no name of a generation
      rig.write("app.log", i + "\n");
      int count = i + 1;
      await().until(() -> rig.events.size() >= count);
    }
    assertThat(rig.lines()).containsExactly(lines);
  }
}
