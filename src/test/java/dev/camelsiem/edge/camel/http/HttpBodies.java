package dev.camelsiem.edge.camel.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.camelsiem.edge.camel.intake.UnfinishedBudget;
import dev.camelsiem.flow.event.DeadLetter;
import dev.camelsiem.flow.event.RawEvent;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** What must hold of every body, whatever its bytes are. */
final class HttpBodies {
  private static final JsonFactory JSON = new JsonFactory();

  private HttpBodies() {}

  /** All that a route gets of a body, and the answer. */
  record Done(List<RawEvent> taken, List<DeadLetter> letters, HttpAnswer answer) {
    JsonParser report() throws IOException {
      return JSON.createParser(answer.body());
    }
  }

  /** What a route does with a batch. */
  @FunctionalInterface
  interface Step {
    void pass(List<RawEvent> batch) throws InterruptedException;
  }

  /** Sends a body all the way, without a network. */
  static Done send(byte[] body, Accepts accepts, HttpLimits limits, boolean gzip) {
    List<RawEvent> taken = new ArrayList<>();
    List<DeadLetter> letters = new ArrayList<>();
    UnfinishedBudget budget = new UnfinishedBudget(64 << 20);
    AtomicReference<HttpAnswer> answer = new AtomicReference<>();
    Step step =
        batch -> {
          assertThat(batch).hasSizeBetween(1, limits.batchSize());
          taken.addAll(batch);
        };
    Site site = site(accepts, limits, new OwnWay(step, letters));
    Job job =
        new Job(
            site, whole(budget, body), gzip, InetAddress.getLoopbackAddress(), "test", answer::set);
    boolean done = job.turn(false);
    while (!done) {
      done = job.turn(true);
    }
    assertThat(budget.heldBytes()).isZero();
    return new Done(taken, letters, answer.get());
  }

  /** One that nobody has worked on yet. */
  static Job job(byte[] body, InetAddress from, Step step, Consumer<HttpAnswer> answer) {
    Site site = site(Accepts.events, new HttpSettings().limits(), new OwnWay(step, List.of()));
    return new Job(site, whole(new UnfinishedBudget(1 << 20), body), false, from, "test", answer);
  }

  private static Site site(Accepts accepts, HttpLimits limits, Way way) {
    return new Site(
        "test",
        "/events",
        Credentials.of(null, null, null),
        HostRules.of("127.0.0.1", false, null, false),
        limits,
        accepts,
        "5",
        way);
  }

  private static RequestBody whole(UnfinishedBudget budget, byte[] bytes) {
    RequestBody whole = new RequestBody(budget, "sender", () -> fail("nothing else needs room"));
    assertThat(whole.add(Unpooled.wrappedBuffer(bytes))).isTrue();
    try {
      whole.complete("5");
    } catch (HttpRefusal refusal) {
      fail("there is room", refusal);
    }
    return whole;
  }

  private record OwnWay(Step step, List<DeadLetter> letters) implements Way {
    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public boolean needsPort() {
      return true;
    }

    @Override
    public boolean mayWork() {
      return true;
    }

    @Override
    public void begun() {}

    @Override
    public void ended() {}

    @Override
    public BatchOutcome pass(List<RawEvent> batch) {
      try {
        step.pass(batch);
        return new BatchOutcome(true, List.of());
      } catch (InterruptedException e) {
        return new BatchOutcome(false, List.of()); // as Camel does, which sets no flag again
      }
    }

    @Override
    public boolean lettersFirst() {
      return false;
    }

    @Override
    public boolean keep(List<DeadLetter> more) {
      letters.addAll(more);
      return true;
    }
  }

  /** Sends it and holds what comes out to the rules. */
  static void check(byte[] body, Accepts accepts, HttpLimits limits) throws IOException {
    Done done = send(body, accepts, limits, false);
    assertThat(done.taken()).extracting(RawEvent::id).doesNotHaveDuplicates();
    long last = 0;
    int end = 0;
    for (RawEvent event : done.taken()) {
      assertThat(event.position()).isGreaterThan(0).isGreaterThanOrEqualTo(last);
      assertThat(event.from()).isGreaterThanOrEqualTo(end).isLessThan(event.to());
      assertThat(event.to()).isLessThanOrEqualTo(body.length);
      last = event.position();
      end = event.to();
      if (accepts != Accepts.text) {
        isOneValue(event.toBytes(), accepts == Accepts.events);
      }
    }
    for (DeadLetter letter : done.letters()) {
      assertThat(letter.detail()).isNotBlank().doesNotContain("\n");
      assertThat(letter.event().length()).isLessThanOrEqualTo(limits.eventBytes());
    }
    addsUp(done, limits);
  }

  /** Another reader than ours says so. */
  private static void isOneValue(byte[] bytes, boolean object) throws IOException {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
    } catch (CharacterCodingException e) {
      fail("not UTF-8", e);
    }
    try (JsonParser parser = JSON.createParser(bytes)) {
      JsonToken first = parser.nextToken();
      assertThat(first).isNotNull();
      assertThat(!object || first == JsonToken.START_OBJECT).isTrue();
      parser.skipChildren();
      parser.finishToken();
      assertThat(parser.nextToken()).isNull();
    }
  }

  private static void addsUp(Done done, HttpLimits limits) throws IOException {
    Map<?, ?> report =
        new com.fasterxml.jackson.databind.ObjectMapper()
            .readValue(done.answer().body(), Map.class);
    int accepted = (Integer) report.get("accepted");
    int received = (Integer) report.get("received");
    List<?> listed = (List<?>) report.get("rejected");
    Object more = report.get("rejectedNotListed");
    assertThat(accepted).isEqualTo(done.taken().size()).isLessThanOrEqualTo(limits.events());
    assertThat(received).isEqualTo(accepted + listed.size() + (more == null ? 0 : (Integer) more));
    assertThat(done.answer().status()).isIn(accepted > 0 ? List.of(202) : List.of(400, 413));
    for (Object each : listed) {
      assertThat((Integer) ((Map<?, ?>) each).get("line")).isPositive();
    }
    if (accepted > 0) {
      assertThat(done.letters().stream().mapToInt(DeadLetter::count).sum())
          .isEqualTo(received - accepted);
    }
  }
}
