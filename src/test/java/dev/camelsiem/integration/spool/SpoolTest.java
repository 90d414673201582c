package dev.camelsiem.integration.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.camelsiem.integration.Lines;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
  private static final long MIB = 1 << 20;

  @TempDir Path folder;

  @Test
  void whatWasAppendedIsReadInOrderAfterACrash() throws IOException {
    Spool crashed = Spool.open(folder, MIB);
    crashed.append(List.of(Lines.numbered(0, 10), Lines.numbered(10, 20)));
    crashed.append(List.of(Lines.numbered(20, 25)));
    Path copy = copy(folder);
    crashed.close();
    try (Spool spool = Spool.open(copy, MIB)) {
      assertThat(spool.events()).isEqualTo(25);
      assertThat(all(spool)).isEqualTo(Lines.names(0, 25));
      assertThat(spool.isEmpty()).isTrue();
    }
  }

  @Test
  void rewindReadsAgainWhatWasNotConfirmed() throws IOException {
    try (Spool spool = Spool.open(folder, MIB)) {
      for (int i = 0; i < 5; i++) {
        spool.append(List.of(Lines.numbered(i * 10, i * 10 + 10)));
      }
      Spool.Read first = read(spool);
      spool.next();
      spool.confirm(first.end(), 10);
      assertThat(spool.events()).isEqualTo(30);
      spool.rewind();
      assertThat(spool.events()).isEqualTo(40);
      assertThat(all(spool)).isEqualTo(Lines.names(10, 50));
    }
  }

  @Test
  void confirmedRecordsAreGoneAfterARestartAndFilesAreDeleted() throws IOException {
    try (Spool spool = Spool.open(folder, 64 * MIB)) {
      String long100k = "x".repeat(100_000);
      for (int i = 0; i < 200; i++) { // 20 MB: three files
        spool.append(List.of(Lines.batch(List.of(i + long100k))));
      }
      assertThat(segments(folder)).hasSizeGreaterThan(2);
      for (int i = 0; i < 199; i++) {
        spool.confirm(read(spool).end(), 1);
      }
      assertThat(segments(folder)).hasSize(1);
    }
    try (Spool spool = Spool.open(folder, 64 * MIB)) {
      assertThat(spool.events()).isEqualTo(1);
      Spool.Read last = read(spool);
      assertThat(last.batch().get(0)).startsWith("199x");
      spool.confirm(last.end(), 1);
      assertThat(segments(folder)).isEmpty();
      assertThat(spool.bytes()).isZero();
      spool.append(List.of(Lines.numbered(0, 3)));
      assertThat(all(spool)).isEqualTo(Lines.names(0, 3));
    }
  }

  @Test
  void aTornTailIsCutAtEveryLength() throws IOException {
    try (Spool spool = Spool.open(folder, MIB)) {
      spool.append(List.of(Lines.numbered(0, 2)));
      spool.append(List.of(Lines.numbered(2, 4)));
    }
    Path segment = segments(folder).get(0);
    byte[] whole = Files.readAllBytes(segment);
    int first = SpoolRecord.size(Lines.numbered(0, 2));
    for (int length = first; length < whole.length; length++) {
      Files.write(segment, java.util.Arrays.copyOf(whole, length));
      try (Spool spool = Spool.open(folder, MIB)) {
        assertThat(all(spool)).as("cut at %s", length).isEqualTo(Lines.names(0, 2));
        spool.append(List.of(Lines.numbered(7, 9)));
        assertThat(all(spool)).isEqualTo(Lines.names(7, 9));
      }
    }
  }

  @Test
  void damageCostsOnlyTheDamagedRecord() throws IOException {
    try (Spool spool = Spool.open(folder, MIB)) {
      for (int i = 0; i < 3; i++) {
        spool.append(List.of(Lines.numbered(i, i + 1)));
      }
    }
    Path segment = segments(folder).get(0);
    try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "rw")) {
      file.seek(SpoolRecord.size(Lines.numbered(0, 1)) + SpoolRecord.HEADER + 9L);
      file.write('!');
    }
    try (Spool spool = Spool.open(folder, MIB)) {
      assertThat(spool.events()).isEqualTo(2);
      assertThat(all(spool)).containsExactly("event 0", "event 2");
      assertThat(spool.damagedBytes()).isEqualTo(SpoolRecord.size(Lines.numbered(1, 2)));
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.filter(f -> f.toString().endsWith(".damaged"))).hasSize(1);
    }
  }

  @Test
  void aDamagedOrMissingCursorSendsAgainAndNeverLoses() throws IOException {
    try (Spool spool = Spool.open(folder, MIB)) {
      spool.append(List.of(Lines.numbered(0, 1), Lines.numbered(1, 2)));
      spool.confirm(read(spool).end(), 1);
    }
    for (byte[] cursor :
        List.of(new byte[0], new byte[24], "garbage".getBytes(StandardCharsets.UTF_8))) {
      Files.write(folder.resolve("cursor"), cursor);
      try (Spool spool = Spool.open(copy(folder), MIB)) {
        assertThat(all(spool)).isEqualTo(Lines.names(0, 2));
      }
    }
  }

  @Test
  void aFullSpoolSaysHowManyBatchesFoundRoom() throws IOException {
    int size = SpoolRecord.size(Lines.numbered(0, 1));
    try (Spool spool = Spool.open(folder, size * 2L)) {
      int taken =
          spool.append(List.of(Lines.numbered(0, 1), Lines.numbered(1, 2), Lines.numbered(2, 3)));
      assertThat(taken).isEqualTo(2);
      assertThat(all(spool)).isEqualTo(Lines.names(0, 2));
    }
  }

  @Test
  void twoPipelinesCannotShareAFolder() throws IOException {
    try (Spool first = Spool.open(folder, MIB)) {
      assertThat(first.isEmpty()).isTrue();
      assertThatThrownBy(() -> Spool.open(folder, MIB))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("used by another pipeline");
    }
  }

  private static Spool.Read read(Spool spool) throws IOException {
    return Objects.requireNonNull(spool.next());
  }

  private static List<String> all(Spool spool) throws IOException {
    List<String> events = new ArrayList<>();
    for (Spool.Read read = spool.next(); read != null; read = spool.next()) {
      events.addAll(read.batch());
    }
    return events;
  }

  private static List<Path> segments(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(f -> f.toString().endsWith(".spool")).sorted().toList();
    }
  }

  /** What a crash at this moment would leave. */
  private static Path copy(Path folder) throws IOException {
    Path copy = Files.createTempDirectory(folder.getParent(), "copy");
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    return copy;
  }
}
