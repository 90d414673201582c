package dev.camelsiem.edge.camel.tail;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TailedFileTest {
  /** Births and last changes in one order of time; a birth of 0 is not told. */
  @ParameterizedTest
  @CsvSource({
    // known: birth, change; seen: birth, change; another file?
    "10, 20, 10, 30, false", // it grows
    "10, 20, 10, 10, false", // its time was set back
    "10, 20, 30, 40, true", // born since
    "10, 20,  0, 30, true", // born since, and not changed since
    "10, 20,  0, 15, false", // its time was set; it may be any
    " 0, 20, 20, 30, false", // it was not changed at first
    " 0, 20, 25, 30, true",
    " 0, 20,  0, 30, false", // nobody tells births here
    "10,  0, 30, 40, false", // a checkpoint of old
  })
  void anInodeIsUsedAgain(long born, long changed, long seenBorn, long seenChanged, boolean lost) {
    Path path = Path.of("app.log");
    TailedFile file = new TailedFile("ino=1", path, path);
    file.created = born;
    file.modified = changed;
    FoundFile seen = new FoundFile("ino=1", path, path, 5, seenChanged, seenBorn);
    assertThat(file.lostItsInodeTo(seen)).isEqualTo(lost);
  }

  @Test
  void aPlaceInWhatWasCutMeanwhileIsNoneInWhatStandsThereNow() {
    Path path = Path.of("log");
    TailedFile cut = new TailedFile("1:1", path, path);
    TailedFile other = new TailedFile("1:2", path, path);
    Batch batch = new Batch(10, 100);
    for (TailedFile each : List.of(cut, other)) {
      each.offset = 50;
      batch.touch(each);
    }
    batch.seal();
    cut.restart();
    assertThat(batch.commit()).isTrue();
    assertThat(cut.delivered).isZero();
    assertThat(other.delivered).isEqualTo(50);
  }

  @Test
  void aBatchKnowsAFileOnceThoughTheOneBeforeItIsCommittedMeanwhile() {
    Path path = Path.of("log");
    TailedFile file = new TailedFile("1:1", path, path);
    Batch first = new Batch(10, 100);
    Batch next = new Batch(10, 100);
    first.touch(file);
    first.seal();
    next.touch(file);
    assertThat(first.commit()).isTrue();
    next.touch(file);
    assertThat(next.files()).containsExactly(file);
  }
}
