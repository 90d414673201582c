package dev.camelsiem.flow.ruleset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.camelsiem.content.i18n.Language;
import dev.camelsiem.flow.describe.Describe;
import dev.camelsiem.flow.describe.Descriptions;
import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.flow.normalize.NamedRule;
import dev.camelsiem.flow.normalize.Normalizer;
import dev.camelsiem.flow.normalize.NormalizerOptions;
import dev.camelsiem.lang.diagnostic.Diagnostic;
import dev.camelsiem.lang.document.Document;
import dev.camelsiem.lang.eval.EnvelopeInputs;
import dev.camelsiem.lang.eval.Frame;
import dev.camelsiem.lang.eval.RuleOutcome;
import dev.camelsiem.text.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules from disk with the sentences beside them. */
class RuleSetLoaderTest {
  @TempDir Path folder;

  @BeforeEach
  void aRuleWithSentences() throws IOException {
    write("door/formula.xp", "TEXT = 'door {object.id=NUMBER} {action=WORD}'\nid = \"Door\"\n");
    write(
        "door/metainfo.yaml",
        """
        ObjectId: ACME-NF-1
        EventDescriptions:
          - Criteria: id = "Door" and action = "opened"
            LocalizationId: opened
          - Criteria: id = "Door" and action != "kicked"
            LocalizationId: other
        """);
    write("door/i18n/i18n_en.yaml", texts("Door {object.id} was opened", "Door {object.id} moved"));
    write("door/i18n/i18n_ru.yaml", texts("Дверь {object.id} открыта", "Дверь {object.id}"));
  }

  private static String texts(String opened, String other) {
    return """
        EventDescriptions:
          - LocalizationId: other
            EventDescription: '%s'
          - LocalizationId: opened
            EventDescription: '%s'
        """
        .formatted(other, opened);
  }

  @Test
  void theFirstCriteriaThatHoldChooseTheSentence() {
    Normalizer normalizer = normalizer(Describe.BOTH);
    assertThat(normalize(normalizer, "door 5 opened", "door 6 closed", "door 7 kicked"))
        .containsExactly(
            "{\"action\":\"opened\",\"description.en\":\"Door 5 was opened\",\"description.ru\":\"Дверь 5"
                + " открыта\",\"id\":\"Door\",\"name.en\":\"Door was opened\","
                + "\"name.ru\":\"Дверь открыта\",\"object.id\":\"5\"}",
            "{\"action\":\"closed\",\"description.en\":\"Door 6 moved\",\"description.ru\":\"Дверь 6\","
                + "\"id\":\"Door\",\"name.en\":\"Door moved\",\"name.ru\":\"Дверь\",\"object.id\":\"6\"}",
            "{\"action\":\"kicked\",\"description.en\":\"kicked\",\"description.ru\":\"kicked\","
                + "\"id\":\"Door\",\"name.en\":\"Door\",\"name.ru\":\"Door\",\"object.id\":\"7\"}");
    assertThat(normalizer.stats().describedByDefault()).isEqualTo(1);
  }

  @Test
  void descriptionsAreLoadedOnlyWhenAskedFor() throws IOException {
    write("door/metainfo.yaml", "EventDescriptions: [");
    RuleSetLoader.Loaded loaded = RuleSetLoader.load(List.of(folder), true);
    assertThat(loaded.findings()).isEmpty();
    Normalizer normalizer =
        new Normalizer(loaded.rules(), NormalizerOptions.DEFAULT.describing(Describe.EN));
    assertThat(normalize(normalizer, "door 5 opened").get(0)).contains("\"name.en\":\"Door\"");
    assertThat(normalizer.stats().describedByDefault()).isEqualTo(1);
  }

  @Test
  void errorsInThemAreErrorsWhenAskedFor() throws IOException {
    Path metainfo = folder.resolve("door/metainfo.yaml");
    Files.writeString(metainfo, Files.readString(metainfo).replace("= \"opened\"", "> 1"));
    Files.delete(folder.resolve("door/i18n/i18n_en.yaml"));
    RuleSetLoader.Loaded loaded = RuleSetLoader.load(List.of(folder), true, Describe.RU);
    assertThat(loaded.errors())
        .extracting(Diagnostic::headline)
        .containsExactly(
            metainfo + ":3:38: error[XP540]: criteria: expected `=` or `!=`, found `>`");
    assertThat(loaded.findings()).isEqualTo(loaded.errors());
  }

  @Test
  void whatIsMissingIsTheDefaultSentence() throws IOException {
    Files.delete(folder.resolve("door/i18n/i18n_ru.yaml"));
    write("bare/formula.xp", "TEXT = 'bare {object=WORD}'\nid = $x + \"Computed\"\n");
    Normalizer normalizer = normalizer(Describe.BOTH);
    List<String> described = normalize(normalizer, "door 5 opened", "bare thing");
    assertThat(described.get(0))
        .contains("\"description.en\":\"Door 5 was opened\",\"description.ru\":\"opened\"");
    assertThat(described.get(1))
        .contains("\"description.en\":\"thing\",\"description.ru\":\"thing\"");
    assertThat(normalizer.stats().describedByDefault()).isEqualTo(2);
    assertThat(names(normalizer, Language.EN)).containsExactly("bare", "Door was opened");
    assertThat(names(normalizer, Language.RU)).containsExactly("bare", "Door");
  }

  @Test
  void languagesThatAreNotAskedForAreNotKept() {
    assertThat(names(normalizer(Describe.EN), Language.EN)).containsExactly("Door was opened");
    assertThat(names(normalizer(Describe.EN), Language.RU)).containsExactly("Door");
  }

  /** What the events of each rule are called, seen from what it has normalized last. */
  private static List<String> names(Normalizer normalizer, Language language) {
    List<String> names = new ArrayList<>();
    for (NamedRule named : normalizer.ruleSet().rules()) {
      Frame frame = new Frame();
      String event = named.id().equals("Door") ? "door 5 opened" : "bare thing";
      RuleOutcome outcome =
          named
              .rule()
              .evaluate(Document.of(Text.of(event)), EnvelopeInputs.receivedAt(0), frame, null);
      assertThat(outcome).isEqualTo(RuleOutcome.NORMALIZED);
      Descriptions descriptions = named.descriptions();
      names.add(descriptions.choose(frame).in(language).name().toString());
    }
    return names;
  }

  private Normalizer normalizer(Describe describe) {
    RuleSetLoader.Loaded loaded = RuleSetLoader.load(List.of(folder), false, describe);
    assertThat(loaded.findings()).isEmpty();
    return new Normalizer(loaded.rules(), NormalizerOptions.DEFAULT.describing(describe));
  }

  private static List<String> normalize(Normalizer normalizer, String... events) {
    BatchNormalizer batches = new BatchNormalizer(normalizer, null, Unmatched.DEADLETTER);
    List<RawEvent> batch = new ArrayList<>();
    for (String event : events) {
      batch.add(RawEvent.of(event, "test", batch.size()));
    }
    EncodedBatch described = batches.normalize(batch, letter -> assertThat(letter).isNull());
    return List.copyOf(described);
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
