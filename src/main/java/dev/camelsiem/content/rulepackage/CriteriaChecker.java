package dev.camelsiem.content.rulepackage;

import dev.camelsiem.content.i18n.Criteria;
import dev.camelsiem.content.i18n.CriteriaParser;
import dev.camelsiem.lang.diagnostic.Diagnostics;
import dev.camelsiem.lang.diagnostic.NearNames;
import dev.camelsiem.lang.diagnostic.SourceFile;
import dev.camelsiem.lang.yaml.YamlNode;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Checks the criteria of event descriptions (xp-language 9.3) against taxonomy and rule id. */
final class CriteriaChecker {
  private static final String ID = "id";

  private final Collection<String> fields;
  private final Collection<String> ids;
  private final Diagnostics findings;

  CriteriaChecker(Collection<String> fields, Collection<String> ids, Diagnostics findings) {
    this.fields = fields;
    this.ids = ids;
    this.findings = findings;
  }

  void check(SourceFile file, YamlNode.@Nullable Scalar text) {
    if (text == null) {
      return;
    }
    CriteriaParser.Result result = CriteriaParser.parse(text.text());
    if (result.criteria() == null) {
      findings.add(
          PackageCode.CRITERIA.at(
              file, ScalarSpans.within(file, text, result.span()), "" + result.problem()));
      return;
    }
    boolean namesId = false;
    for (Criteria.Comparison comparison : result.criteria().comparisons()) {
      checkOperand(file, text, comparison.left(), false);
      checkOperand(file, text, comparison.right(), true);
      namesId |= checkId(file, text, comparison.left(), comparison);
      namesId |= checkId(file, text, comparison.right(), comparison);
    }
    if (!namesId && !ids.isEmpty()) {
      String id = ids.iterator().next();
      findings.add(
          PackageCode.NO_ID
              .at(file, text.span(), id)
              .withHint("begin with `id = \"" + id + "\" and …`"));
    }
  }

  /** True when this side is the field {@code id}; what it is compared with is checked then. */
  private boolean checkId(
      SourceFile file, YamlNode.Scalar text, Criteria.Operand side, Criteria.Comparison whole) {
    if (!(side instanceof Criteria.Field field) || !field.name().equals(ID)) {
      return false;
    }
    Criteria.Operand other = whole.left() == side ? whole.right() : whole.left();
    boolean foreign =
        other instanceof Criteria.Literal literal
            && !ids.isEmpty()
            && !whole.negated()
            && !ids.contains(literal.text());
    if (foreign) {
      String asked = ((Criteria.Literal) other).text();
      findings.add(
          PackageCode.FOREIGN_ID.at(
              file,
              ScalarSpans.within(file, text, other.span()),
              asked,
              String.join("` or `", ids)));
    }
    return true;
  }

  private void checkOperand(
      SourceFile file, YamlNode.Scalar text, Criteria.Operand operand, boolean right) {
    if (!(operand instanceof Criteria.Field field)) {
      return;
    }
    var span = ScalarSpans.within(file, text, field.span());
    if (field.dollar()) {
      findings.add(
          PackageCode.DOLLAR
              .at(file, span, field.name())
              .withHint("write `" + field.name() + "` without the `$`"));
    } else if (!fields.contains(field.name())) {
      String near = near(field.name(), fields);
      String quoted = "put it in quotes: `\"" + field.name() + "\"`";
      findings.add(
          PackageCode.UNQUOTED
              .at(file, span, field.name())
              .withHint(right && near == null ? quoted : near));
    }
  }

  static @Nullable String near(String name, Collection<String> fields) {
    return NearNames.hint(name, fields);
  }
}
