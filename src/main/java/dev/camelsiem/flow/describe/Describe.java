package dev.camelsiem.flow.describe;

import dev.camelsiem.content.i18n.Language;
import dev.camelsiem.text.Named;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** In which languages normalized events are described. */
public enum Describe {
  NONE(List.of()),
  RU(List.of(Language.RU)),
  EN(List.of(Language.EN)),
  BOTH(List.of(Language.EN, Language.RU));

  @SuppressWarnings("ImmutableEnumChecker") // List.of
  private final List<Language> languages;

  Describe(List<Language> languages) {
    this.languages = languages;
  }

  /** The languages in the order of their members. */
  public List<Language> languages() {
    return languages;
  }

  /** The choice of some languages. */
  public static Describe of(Collection<Language> languages) {
    boolean russian = languages.contains(Language.RU);
    if (languages.contains(Language.EN)) {
      return russian ? BOTH : EN;
    }
    return russian ? RU : NONE;
  }

  /** The choice that a user names, in any case; null when there is none of this name. */
  public static @Nullable Describe ofName(String name) {
    return Named.of(Describe.class, name);
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
