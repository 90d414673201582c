package dev.camelsiem.flow.cef;

import static org.assertj.core.api.Assertions.assertThat;

import dev.camelsiem.content.taxonomy.Taxonomy;
import dev.camelsiem.flow.cef.mapping.CefMapping;
import dev.camelsiem.flow.cef.mapping.CefMapping.Condition;
import dev.camelsiem.flow.cef.mapping.CefMapping.ExtensionKey;
import dev.camelsiem.flow.cef.mapping.CefMappings;
import dev.camelsiem.flow.cef.mapping.ValueType;
import dev.camelsiem.flow.event.EncodedBatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** Whatever a rule finds: one clean line, read back equal by our reader and by ParCEFone. */
class NormalizedRoundTripTest {
  private static final CefMapping MAPPING = CefMappings.load(CefMappings.NORMALIZED);
  private static final List<String> GOOD =
      List.of("192.0.2.1", "2001:db8::1", "00:11:22:33:44:55", "8080", "2026-02-18T10:07:28Z", "7");

  private final CefEncoding encoding =
      new CefEncoding(
          MAPPING,
          CefOptions.builder()
              .header("rfc3164")
              .profile("extended")
              .eventId(false)
              .pri("3")
              .maxMessageBytes(1 << 20)
              .build());
  private final BatchEncoder encoder = new BatchEncoder(encoding);
  private final CefReader reader = new CefReader();

  @Provide
  Arbitrary<String> hostile() {
    return RoundTripTest.hostileText();
  }

  @Provide
  Arbitrary<Map<String, String>> words() {
    Taxonomy taxonomy = Taxonomy.standard();
    return Arbitraries.of(taxonomy.valuesOf("object"))
        .flatMap(
            object ->
                Arbitraries.of(taxonomy.valuesOf("action"))
                    .map(action -> Map.of("object", object, "action", action)));
  }

  /** Every field of the mapping holds hostile text, or what its type wants. */
  @Property(tries = 500, seed = "4003")
  void normalizedEvents(
      @ForAll("hostile") String value,
      @ForAll("hostile") String other,
      @ForAll("words") Map<String, String> words,
      @ForAll boolean typed) {
    Map<String, Object> event = Events.event("CS_Some_rule");
    int n = 0;
    for (String field : fields(encoding)) {
      String good = GOOD.get(n % GOOD.size());
      event.put(field, n++ % 2 == 0 ? value : typed && n % 4 == 0 ? good : other);
    }
    event.put("time", Events.TIME);
    event.put("id", "CS_Some_rule");
    event.putAll(words);
    EncodedBatch batch = encoder.encode(List.of(Events.raw(event)), letter -> {});
    assertThat(batch).hasSize(1);
    RoundTripTest.assertClean(batch);
    String line = batch.get(0);
    CefMessage message = Objects.requireNonNull(reader.read(line).message());
    assertThat(message.warnings()).isEmpty();
    assertThat(message.timestamp()).isEqualTo("Feb 18 10:07:28");
    assertThat(message.id()).isEqualTo("CS_Some_rule");
    assertThat(message.vendor()).isNotBlank();
    assertThat(message.product()).isNotBlank();
    assertThat(message.name()).isNotBlank();
    texts(MAPPING, event, RoundTripTest::expected)
        .forEach((key, text) -> assertThat(message.extensions().get(key)).as(key).isEqualTo(text));
    RoundTripTest.assertIndependent(line, message);
  }

  static List<String> fields(CefEncoding encoding) {
    List<String> fields = new ArrayList<>();
    for (int slot = 0; slot < encoding.fields().size(); slot++) {
      fields.add(encoding.fields().name(slot));
    }
    return fields;
  }

  /** What the keys must hold that are texts: of the first entry that has something to say. */
  static Map<String, @Nullable String> texts(
      CefMapping mapping, Map<String, Object> event, BiFunction<String, Integer, String> sentFor) {
    Map<String, @Nullable String> texts = new LinkedHashMap<>();
    for (ExtensionKey key : mapping.extension()) {
      Object value = key.field() == null ? null : event.get(key.field());
      if (key.type() != ValueType.STRING || value == null || texts.get(key.key()) != null) {
        continue;
      }
      String text = sentFor.apply((String) value, key.limit());
      boolean sent = !text.isEmpty() && key.when().stream().allMatch(each -> holds(each, event));
      texts.put(key.key(), sent ? text : null);
    }
    return texts;
  }

  private static boolean holds(Condition condition, Map<String, Object> event) {
    Object value = event.get(condition.field());
    return value != null && condition.words().contains(value.toString().toLowerCase(Locale.ROOT));
  }
}
