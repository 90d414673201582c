package dev.camelsiem.content.i18n;

import static org.assertj.core.api.Assertions.assertThat;

import dev.camelsiem.lang.diagnostic.Span;
import org.junit.jupiter.api.Test;

class PlaceholderTest {
  @Test
  void findsFieldsInOrder() {
    assertThat(Placeholder.in("User {object.account.name} on { event_src.host }"))
        .containsExactly(
            new Placeholder("object.account.name", new Span(5, 26), true),
            new Placeholder("event_src.host", new Span(30, 48), true));
  }

  @Test
  void tellsWhichBraceIsNotClosed() {
    assertThat(Placeholder.in("a {b and {c}"))
        .containsExactly(
            new Placeholder("b and", new Span(2, 9), false),
            new Placeholder("c", new Span(9, 12), true));
    assertThat(Placeholder.in("end {")).containsExactly(new Placeholder("", new Span(4, 5), false));
  }
}
