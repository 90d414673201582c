package dev.camelsiem.content.rulepackage;

import dev.camelsiem.content.i18n.Language;
import dev.camelsiem.content.i18n.Placeholder;
import dev.camelsiem.lang.diagnostic.Diagnostics;
import dev.camelsiem.lang.diagnostic.SourceFile;
import dev.camelsiem.lang.diagnostic.Span;
import dev.camelsiem.lang.yaml.YamlNode;
import dev.camelsiem.text.Ascii;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks what stands beside a formula: folder name, {@code metainfo.yaml}, the texts of each
 * language and that they belong together (xp-language 9 and 14). Tests are not its business.
 */
public final class MetadataChecker {
  private final Collection<String> fields;

  /**
   * @param fields every field of the taxonomy
   */
  public MetadataChecker(Collection<String> fields) {
    this.fields = fields;
  }

  /**
   * Checks one rule. Safe to call from several threads.
   *
   * @param ids the values that the formula gives to {@code id}; empty when they are not constant
   */
  public MetadataReport check(RuleFolder rule, Collection<String> ids) {
    Diagnostics findings = new Diagnostics();
    checkName(rule, findings);
    Metainfo metainfo = metainfo(rule, findings);
    Map<String, YamlNode.Scalar> wanted = metainfo == null ? Map.of() : ids(metainfo, findings);
    if (metainfo != null) {
      CriteriaChecker criteria = new CriteriaChecker(fields, ids, findings);
      metainfo.descriptions().forEach(d -> criteria.check(metainfo.file(), d.criteria()));
    }
    Map<Language, Localization> texts = new EnumMap<>(Language.class);
    for (Language language : Language.values()) {
      Localization found = texts(rule, language, metainfo, wanted, findings);
      if (found != null) {
        texts.put(language, found);
      }
    }
    return new MetadataReport(rule, metainfo, texts, findings.all());
  }

  private static void checkName(RuleFolder rule, Diagnostics findings) {
    String name = rule.name();
    boolean plain = name.chars().allMatch(MetadataChecker::isNameCharacter);
    if (!plain) {
      SourceFile place = SourceReader.empty(rule.formula().toString());
      findings.add(PackageCode.FOLDER_NAME.at(place, Span.START, name));
    }
  }

  private static boolean isNameCharacter(int c) {
    return Ascii.isAlphanumeric(c) || c == '_';
  }

  private static @Nullable Metainfo metainfo(RuleFolder rule, Diagnostics findings) {
    if (!Files.isRegularFile(rule.metainfo())) {
      SourceFile place = SourceReader.empty(rule.formula().toString());
      findings.add(
          PackageCode.NO_METAINFO
              .at(place, Span.START)
              .withHint("add " + rule.metainfo() + " with `ObjectId` and `EventDescriptions`"));
      return null;
    }
    SourceFile file = SourceReader.read(rule.metainfo(), findings);
    Metainfo metainfo = file == null ? null : Metainfo.read(file, findings);
    if (metainfo != null
        && metainfo.objectId() != null
        && !isObjectId(metainfo.objectId().text())) {
      YamlNode.Scalar id = metainfo.objectId();
      findings.add(PackageCode.OBJECT_ID.at(metainfo.file(), id.span(), id.text()));
    }
    return metainfo;
  }

  /** {@code PREFIX-NF-digits}. */
  private static boolean isObjectId(String id) {
    int middle = id.indexOf("-NF-");
    String digits = middle < 0 ? "" : id.substring(middle + 4);
    return middle > 0
        && Ascii.isDigits(digits)
        && id.substring(0, middle)
            .chars()
            .allMatch(c -> c < 128 && (isNameCharacter(c) || c == '-'));
  }

  /** Localization ids of the metainfo with their places; a second one of a name is a finding. */
  private static Map<String, YamlNode.Scalar> ids(Metainfo metainfo, Diagnostics findings) {
    Map<String, YamlNode.Scalar> ids = new LinkedHashMap<>();
    for (Metainfo.Description description : metainfo.descriptions()) {
      YamlNode.Scalar id = description.localizationId();
      if (id != null && ids.putIfAbsent(id.text(), id) != null) {
        findings.add(PackageCode.LOCALIZATION_ID_TWICE.at(metainfo.file(), id.span(), id.text()));
      }
    }
    return ids;
  }

  private @Nullable Localization texts(
      RuleFolder rule,
      Language language,
      @Nullable Metainfo metainfo,
      Map<String, YamlNode.Scalar> wanted,
      Diagnostics findings) {
    Path path = rule.texts(language.code());
    if (!Files.isRegularFile(path)) {
      if (metainfo != null && !wanted.isEmpty()) {
        String name = "i18n_" + language.code() + ".yaml";
        findings.add(PackageCode.NO_LANGUAGE.at(metainfo.file(), Span.START, name));
      }
      return null;
    }
    SourceFile file = SourceReader.read(path, findings);
    Localization texts = file == null ? null : Localization.read(file, findings);
    if (texts == null) {
      return null;
    }
    texts.texts().forEach(text -> checkPlaceholders(texts.file(), text.sentence(), findings));
    if (metainfo != null) {
      compare(texts, wanted, findings);
    }
    return texts;
  }

  private static void compare(
      Localization texts, Map<String, YamlNode.Scalar> wanted, Diagnostics findings) {
    Map<String, YamlNode.Scalar> found = new LinkedHashMap<>();
    for (Localization.Text text : texts.texts()) {
      YamlNode.Scalar id = text.localizationId();
      if (id == null) {
        continue;
      }
      if (found.putIfAbsent(id.text(), id) != null) {
        findings.add(PackageCode.LOCALIZATION_ID_TWICE.at(texts.file(), id.span(), id.text()));
      } else if (!wanted.containsKey(id.text())) {
        findings.add(PackageCode.NO_EVENT_DESCRIPTION.at(texts.file(), id.span(), id.text()));
      }
    }
    for (String id : wanted.keySet()) {
      if (!found.containsKey(id)) {
        findings.add(PackageCode.NO_TEXT.at(texts.file(), Span.START, id));
      }
    }
  }

  private void checkPlaceholders(
      SourceFile file, YamlNode.@Nullable Scalar sentence, Diagnostics findings) {
    if (sentence == null) {
      return;
    }
    for (Placeholder placeholder : Placeholder.in(sentence.text())) {
      Span span = ScalarSpans.within(file, sentence, placeholder.span());
      if (!placeholder.closed()) {
        findings.add(PackageCode.OPEN_PLACEHOLDER.at(file, span, "{" + placeholder.field()));
      } else if (!fields.contains(placeholder.field())) {
        findings.add(
            PackageCode.PLACEHOLDER
                .at(file, span, placeholder.field())
                .withHint(CriteriaChecker.near(placeholder.field(), fields)));
      }
    }
  }
}
