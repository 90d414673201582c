package dev.camelsiem.edge.camel.syslog.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TurnTest {
  private long now;
  private final Turn turn = new Turn(() -> now);

  @Test
  void isUsedUpByWhatWasGiven() {
    turn.begin(10);
    turn.gave(4);
    assertThat(turn.left()).isEqualTo(6);
    assertThat(turn.usedUp()).isFalse();
    turn.gave(9);
    assertThat(turn.left()).isZero();
    assertThat(turn.usedUp()).isTrue();
  }

  /** Else who finds no room again and again would never have had its turn. */
  @Test
  void goesOnWhereItWasWhenItWasNotUsedUp() {
    turn.begin(500);
    turn.gave(16);
    turn.begin(500);
    turn.gave(300);
    turn.begin(500);
    assertThat(turn.left()).isEqualTo(184);
    turn.begin(7);
    turn.gave(7);
    assertThat(turn.usedUp()).isTrue();
    turn.begin(500);
    assertThat(turn.left()).isEqualTo(500);
  }

  @Test
  void knowsWhetherItHasGivenSinceItWentOn() {
    turn.begin(500);
    turn.gave(0);
    assertThat(turn.hasGiven()).isFalse();
    turn.gave(16);
    assertThat(turn.hasGiven()).isTrue();
    turn.begin(500);
    assertThat(turn.hasGiven()).isFalse();
  }

  @Test
  void isNotKeptForLater() {
    turn.begin(500);
    now += TimeUnit.SECONDS.toNanos(1);
    assertThat(turn.left()).isEqualTo(500);
    now++;
    assertThat(turn.left()).isZero();
    turn.begin(20);
    assertThat(turn.left()).isEqualTo(20);
  }

  @Test
  void lastsASecondThoughItGoesOnMeanwhile() {
    turn.begin(500);
    now += TimeUnit.MILLISECONDS.toNanos(900);
    turn.begin(500);
    turn.gave(1);
    now += TimeUnit.MILLISECONDS.toNanos(900);
    assertThat(turn.left()).isZero();
  }

  @Test
  void isAnsweredOnceForEachCall() {
    assertThat(turn.answer()).isFalse();
    turn.call();
    assertThat(turn.answer()).isTrue();
    assertThat(turn.answer()).isFalse();
  }
}
