package dev.camelsiem.edge.camel.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AheadTest {
  /** A defect in one message does not keep the others for ever. */
  @Test
  void whateverIsThrownItsTurnEnds() {
    Ahead ahead = new Ahead(false);
    List<Object> seen = new ArrayList<>();
    assertThat(ahead.add("one")).isTrue();
    assertThat(ahead.add("two")).isTrue();
    assertThatThrownBy(
            () ->
                ahead.turn(
                    () -> true,
                    message -> {
                      throw new IllegalStateException("a defect");
                    }))
        .hasMessage("a defect");
    assertThat(ahead.isInTurn()).isFalse();
    ahead.turn(() -> true, seen::add);
    assertThat(seen).containsExactly("two");
  }
}
