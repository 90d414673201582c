package dev.camelsiem.flow.syslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Runs the cases of {@code syslog/frames.yaml}, each cut at every byte. */
class FrameReaderTest {
  @TestFactory
  Stream<DynamicTest> cases() throws IOException {
    List<Map<String, Object>> cases =
        new YAMLMapper()
            .readValue(new File("src/test/resources/syslog/frames.yaml"), new TypeReference<>() {});
    assertThat(cases).hasSizeGreaterThan(20);
    return cases.stream().map(one -> dynamicTest((String) one.get("name"), () -> check(one)));
  }

  private static void check(Map<String, Object> one) {
    Framing framing = Framing.valueOf((String) one.getOrDefault("framing", "AUTO"));
    int max = (int) one.getOrDefault("max", 1000);
    byte[] stream = text(one, "stream").getBytes(StandardCharsets.UTF_8);
    Object expected = one.get("expect");
    assertThat(read(framing, max, stream, List.of())).as("in one piece").isEqualTo(expected);
    for (int cut = 1; cut < stream.length; cut++) {
      assertThat(read(framing, max, stream, List.of(cut))).as("cut at " + cut).isEqualTo(expected);
    }
    List<Integer> everywhere = new ArrayList<>();
    for (int i = 1; i < stream.length; i++) {
      everywhere.add(i);
    }
    assertThat(read(framing, max, stream, everywhere)).as("byte by byte").isEqualTo(expected);
  }

  private static List<String> read(Framing framing, int max, byte[] stream, List<Integer> cuts) {
    FoundFrames recorder = new FoundFrames();
    FrameReader reader = new FrameReader(framing, max, recorder);
    int from = 0;
    for (int cut : cuts) {
      feed(reader, stream, from, cut);
      from = cut;
    }
    feed(reader, stream, from, stream.length);
    reader.end();
    assertThat(reader.isInsideFrame()).isFalse();
    return recorder.found;
  }

  private static void feed(FrameReader reader, byte[] stream, int from, int to) {
    byte[] room = reader.room(to - from);
    System.arraycopy(stream, from, room, reader.position(), to - from);
    reader.received(to - from);
  }

  @Test
  void framesStayAsTheyWereWhenMoreArrives() {
    List<byte[]> arrays = new ArrayList<>();
    List<int[]> places = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    FrameReader reader =
        new FrameReader(
            Framing.LF,
            1000,
            new FoundFrames() {
              @Override
              public void frame(byte[] bytes, int from, int to) {
                arrays.add(bytes);
                places.add(new int[] {from, to});
                texts.add(text(bytes, from, to));
              }
            });
    Random random = new Random(7);
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < 2000; i++) {
      all.append("event ")
          .append(i)
          .append(" ")
          .append("x".repeat(random.nextInt(60)))
          .append('\n');
    }
    byte[] stream = all.toString().getBytes(StandardCharsets.UTF_8);
    for (int from = 0; from < stream.length; ) {
      int to = Math.min(stream.length, from + 1 + random.nextInt(200));
      feed(reader, stream, from, to);
      from = to;
    }
    assertThat(texts).hasSize(2000);
    for (int i = 0; i < texts.size(); i++) {
      int[] place = places.get(i);
      assertThat(text(arrays.get(i), place[0], place[1])).isEqualTo(texts.get(i));
    }
  }

  @Test
  void aClaimedLengthTakesNoMemoryAndALongLineOnlyItsOwn() {
    FrameReader reader = new FrameReader(Framing.OCTET_COUNTING, 9_999_999, new FoundFrames());
    byte[] claim = "9999999 <13>x".getBytes(StandardCharsets.US_ASCII);

    feed(reader, claim, 0, claim.length);

    assertThat(reader.room(0).length).isLessThan(100);
    FrameReader lines = new FrameReader(Framing.LF, 1_000_000, new FoundFrames());
    byte[] piece = "y".repeat(100).getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < 100_000; i++) {
      feed(lines, piece, 0, piece.length);
      assertThat(lines.room(0).length).isLessThan(3_000_000);
    }
  }

  /** What is complete comes out although nobody had room for it; only the rest is given up. */
  @Test
  void aStreamThatIsGivenUpGivesItsCompleteFramesFirst() {
    Map<String, List<String>> streams =
        Map.of(
            "<13>one\n<13>two\n<13>th",
            List.of("<13>one", "<13>two", "given up 6: <13>th"),
            "7 <13>one7 <13>two15 <13>th",
            List.of("<13>one", "<13>two", "given up 9: 15 <13>th"),
            "<13>one\n<13>two\n",
            List.of("<13>one", "<13>two"),
            "<13>one\n<13>" + "x".repeat(20) + "\n<13>two\n" + "y".repeat(30),
            List.of(
                "<13>one",
                "oversized 24: <13>" + "x".repeat(20),
                "<13>two",
                "given up 30: " + "y".repeat(30)),
            "7 <13>one-",
            List.of("<13>one", "broken: a frame does not begin with its length and a blank"));
    streams.forEach(
        (stream, expected) -> {
          FoundFrames found = new FoundFrames().atATime(1);
          FrameReader reader = new FrameReader(Framing.AUTO, 20, found);
          byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
          System.arraycopy(bytes, 0, reader.room(bytes.length), 0, bytes.length);
          reader.append(bytes.length);
          boolean unused = reader.cut(); // the first one: then nobody has room

          reader.giveUp();

          assertThat(found.found).isEqualTo(expected);
          assertThat(reader.heldBytes()).isZero();
          assertThat(reader.hasUncut()).isFalse();
        });
  }

  private static String text(Map<String, Object> one, String key) {
    return (String) Objects.requireNonNull(one.get(key), key);
  }

  private static String text(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }
}
