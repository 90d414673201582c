package dev.camelsiem.flow.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchPartsTest {
  private static final EventId ID = new EventId(1, 2, 3);

  private final BatchParts parts = new BatchParts();

  @Test
  void whatWasJoinedStaysWhenItsPartsServeAgain() {
    List<BatchPart> used = List.of(part("here", "one", "two"), part("there", "three"));
    EncodedBatch before = parts.join(used).batch();
    BatchPart again = part("elsewhere", "another one");
    EncodedBatch after = parts.join(List.of(again, part("nowhere", "x"))).batch();
    assertThat(before).containsExactly("one", "two", "three");
    assertThat(before.origin(2)).isEqualTo("there");
    assertThat(before.id(0)).isEqualTo(ID);
    assertThat(after).containsExactly("another one", "x");
    assertThat(used).extracting(BatchPart::lines).contains(again.lines());
  }

  @Test
  void noTwoPartsHaveTheSameArrays() {
    parts.join(List.of(part("here", "one"), part("here", "two")));
    assertThat(List.of(parts.begin(1), parts.begin(1), parts.begin(1)))
        .extracting(BatchPart::lines)
        .doesNotHaveDuplicates();
  }

  @Test
  void aPartThatServesAgainRemembersNothing() {
    BatchPart broken = parts.begin(1);
    broken.lines().from("here");
    broken.lines().add(new byte[] {'\n'}, 0, 1, null, ID);
    parts.join(List.of(broken, part("there", "y")));
    List<BatchPart> next = List.of(parts.begin(1), parts.begin(1));
    next.forEach(part -> part.lines().addLine(new byte[] {'z'}, 0, 1, null, null));
    EncodedBatch batch = parts.join(next).batch();
    assertThat(batch).containsExactly("z", "z");
    for (int i = 0; i < batch.size(); i++) {
      assertThat(batch.origin(i)).isNull();
      assertThat(batch.id(i)).isNull();
    }
    assertThat(batch.withoutBreaks()).isSameAs(batch);
  }

  @Test
  void aBatchOfOnePartKeepsItsArrays() {
    BatchPart only = part("here", "one");
    byte[] array = only.lines().room(0);
    EncodedBatch batch = parts.join(List.of(only)).batch();
    assertThat(batch.array()).isSameAs(array);
    assertThat(parts.idleBytes()).isZero();
    assertThat(part("there", "two").lines()).isNotSameAs(only.lines());
  }

  @Test
  void lettersStayInTheirOrder() {
    BatchPart first = part("here", "one");
    BatchPart second = part("here", "two");
    List<DeadLetter> letters = new ArrayList<>();
    for (BatchPart part : List.of(first, second)) {
      RawEvent event = new RawEvent(new byte[1], 0, 1, "here", 1, 1);
      letters.add(new DeadLetter(event, StopReason.MALFORMED, "", "test"));
      part.letters().add(letters.get(letters.size() - 1));
    }
    assertThat(parts.join(List.of(first, second)).letters()).isEqualTo(letters);
  }

  @Test
  void keepsLittleAndNothingThatIsMuchTooLarge() {
    List<BatchPart> large = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      BatchPart part = parts.begin(1);
      byte[] bytes = new byte[1 << 20];
      part.lines().add(bytes, 0, bytes.length, null);
      large.add(part);
    }
    parts.join(large);
    assertThat(parts.idleBytes()).isBetween(1L << 20, (long) BatchParts.MOST_IDLE_BYTES);
    for (int i = 0; i < 40; i++) {
      parts.join(List.of(part("here", "x".repeat(100)))); // usual from now on
    }
    BatchPart small = part("here", "y");
    assertThat(small.lines().heldBytes()).isLessThan(1 << 20);
    assertThat(large).extracting(BatchPart::lines).doesNotContain(small.lines());
  }

  private BatchPart part(String origin, String... lines) {
    BatchPart part = parts.begin(lines.length);
    part.lines().from(origin);
    for (String line : lines) {
      byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
      part.lines().addLine(bytes, 0, bytes.length, null, ID);
    }
    return part;
  }
}
