package dev.camelsiem.lang.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.camelsiem.lang.diagnostic.Diagnostic;
import dev.camelsiem.lang.diagnostic.Diagnostics;
import dev.camelsiem.lang.diagnostic.SourceFile;
import dev.camelsiem.lang.diagnostic.Span;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.StringJoiner;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What must hold for every formula and every text. */
class SyntaxPropertiesTest {
  @Provide
  Arbitrary<Formula> formulas() {
    return ArbitraryFormulas.any();
  }

  @Provide
  Arbitrary<String> soup() {
    return ArbitraryFormulas.soup();
  }

  @Property(tries = 1000, seed = "1", edgeCases = EdgeCasesMode.NONE)
  void whatIsPrintedIsParsedAgain(@ForAll("formulas") Formula formula) throws Exception {
    String printed = Printer.print(formula);
    Diagnostics diagnostics = new Diagnostics();
    Formula parsed = Parser.formula(new SourceFile("printed.xp", printed), diagnostics);
    assertThat(diagnostics.all()).as(printed).isEmpty();
    assertThat(shape(parsed)).as(printed).isEqualTo(shape(formula));
  }

  @Property(tries = 2000, seed = "1", edgeCases = EdgeCasesMode.NONE)
  void noTextMakesTheParserThrow(@ForAll("soup") String text) {
    Diagnostics diagnostics = new Diagnostics();
    SourceFile file = new SourceFile("soup.xp", text);
    Parser.formula(file, diagnostics);
    assertThat(diagnostics.all()).hasSizeLessThanOrEqualTo(Diagnostics.MOST_PER_FILE);
    for (Diagnostic finding : diagnostics.all()) {
      assertThat(finding.span().to()).isLessThanOrEqualTo(text.length());
    }
  }

  /** A tree without its spans. */
  private static String shape(Object node) throws ReflectiveOperationException {
    if (node instanceof List<?> list) {
      StringJoiner joined = new StringJoiner(", ", "[", "]");
      for (Object element : list) {
        joined.add(shape(element));
      }
      return joined.toString();
    }
    if (!(node instanceof Record)) {
      return String.valueOf(node);
    }
    StringJoiner joined = new StringJoiner(", ", node.getClass().getSimpleName() + "(", ")");
    for (RecordComponent component : node.getClass().getRecordComponents()) {
      if (component.getType() != Span.class) {
        joined.add(shape(component.getAccessor().invoke(node)));
      }
    }
    return joined.toString();
  }
}
