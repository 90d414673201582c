package dev.camelsiem.flow.describe;

import dev.camelsiem.content.i18n.Language;
import dev.camelsiem.lang.eval.Frame;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A way to describe events of one rule: when it applies, and a sentence a language. Immutable. */
public final class Description {
  private final @Nullable Criterion criterion;
  private final Map<Language, Sentence> sentences = new EnumMap<>(Language.class);

  /**
   * @param criterion null when it applies to whatever nothing else applies to
   * @param sentence gives the sentence of each language
   */
  Description(@Nullable Criterion criterion, Function<Language, Sentence> sentence) {
    this.criterion = criterion;
    for (Language language : Language.values()) {
      sentences.put(language, sentence.apply(language));
    }
  }

  /** Whether it applies to the event that the rule has just left in the frame. */
  public boolean holds(Frame frame) {
    return criterion == null || criterion.holds(frame);
  }

  /** The sentence in a language; the default one where the rule has none or none was loaded. */
  public Sentence in(Language language) {
    return Objects.requireNonNull(sentences.get(language)); // there is one for each
  }
}
