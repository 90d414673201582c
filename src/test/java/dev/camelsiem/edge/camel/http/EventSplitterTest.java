package dev.camelsiem.edge.camel.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.camelsiem.flow.event.DeadLetter;
import dev.camelsiem.flow.event.RawEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** No body makes the splitter fail, and every event that it passes on is one good JSON value. */
class EventSplitterTest {
  private static final HttpLimits LIMITS = new HttpLimits(1 << 20, 1 << 20, 100, 200, 10_000, 1000);

  @Property(tries = 500)
  void anyBytes(@ForAll @Size(max = 300) byte[] body, @ForAll Accepts accepts) throws Exception {
    check(body, accepts);
  }

  /** JSON that is nearly right: pieces put together and a few bytes changed. */
  @Property(tries = 1500)
  void nearlyJson(
      @ForAll long seed, @ForAll @IntRange(max = 30) int pieces, @ForAll Accepts accepts)
      throws Exception {
    List<String> words =
        List.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "\\",
            "\n",
            "\r\n",
            " ",
            "1",
            "-",
            "true",
            "null",
            "{\"a\":1}",
            "\"\u00e9\"",
            "\"\\\"\"",
            "[{}]",
            "{\"a\":{\"b\":[1,2]}}",
            "\ufeff");
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < pieces; i++) {
      text.append(words.get(random.nextInt(words.size())));
    }
    byte[] body = text.toString().getBytes(StandardCharsets.UTF_8);
    if (body.length > 0 && random.nextBoolean()) {
      body[random.nextInt(body.length)] = (byte) random.nextInt();
    }
    check(body, accepts);
  }

  @Test
  void theSameRequestTwiceIsNewEventsTwice() throws Exception {
    byte[] body = "{\"a\":\n1} {\"a\":2} {\"a\":3}\n".getBytes(StandardCharsets.UTF_8);
    List<RawEvent> events =
        new ArrayList<>(new EventSplitter(body, Accepts.json, LIMITS, "test", 0).split().events());
    events.addAll(new EventSplitter(body, Accepts.json, LIMITS, "test", 0).split().events());

    assertThat(events).hasSize(6).extracting(RawEvent::id).doesNotHaveDuplicates();
  }

  private static void check(byte[] body, Accepts accepts) throws HttpRefusal {
    EventSplitter split = new EventSplitter(body, accepts, LIMITS, "test", 0).split();
    assertThat(split.events()).extracting(RawEvent::id).doesNotHaveDuplicates();
    long last = 0;
    for (RawEvent event : split.events()) {
      assertThat(event.position()).isGreaterThan(0).isGreaterThanOrEqualTo(last);
      last = event.position();
      if (accepts != Accepts.text) {
        assertThat(JsonCheck.check(body, event.from(), event.to(), accepts == Accepts.events))
            .isNull();
      }
    }
    for (DeadLetter letter : split.rejected()) {
      assertThat(letter.detail()).isNotBlank().doesNotContain("\n");
    }
  }
}
