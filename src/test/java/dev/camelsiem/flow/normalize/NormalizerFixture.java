package dev.camelsiem.flow.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.camelsiem.content.taxonomy.Taxonomy;
import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.flow.event.RawEvent;
import dev.camelsiem.lang.compile.Compilation;
import dev.camelsiem.lang.compile.Options;
import dev.camelsiem.lang.compile.RuleCompiler;
import dev.camelsiem.lang.diagnostic.SourceFile;
import java.util.List;
import java.util.Objects;

/** Rules, normalizers of them, and what they write. */
abstract class NormalizerFixture {
  static final NamedRule LOGIN =
      rule("login", "TEXT = 'login of {subject.account.name=WORD} {reason=REST}'\nid = \"L\"");
  static final NamedRule HUNGRY =
      rule(
          "hungry",
          "TEXT = 'eat {$t=REST}'\n$a = $t + $t $a = $a + $a $a = $a + $a $a = $a + $a\nid = $a");

  final EncodedBatch.Builder out = new EncodedBatch.Builder(1024);

  Outcome normalize(NormalizerWorker worker, String event) {
    return worker.normalize(RawEvent.of(event, "test", 0), null, out);
  }

  static NormalizerWorker worker(NamedRule... rules) {
    return normalizer(NormalizerOptions.DEFAULT, rules).newWorker();
  }

  static Normalizer normalizer(NormalizerOptions options, NamedRule... rules) {
    return new Normalizer(RuleSet.of(List.of(rules), "1"), options);
  }

  static NamedRule rule(String name, String source) {
    Compilation compilation = compile(name, source);
    assertThat(compilation.findings()).isEmpty();
    return new NamedRule(name, Objects.requireNonNull(compilation.rule()));
  }

  static Compilation compile(String name, String source) {
    return RuleCompiler.compile(
        new SourceFile(name, source), Taxonomy.standard(), Options.FOR_PRODUCTION);
  }
}
