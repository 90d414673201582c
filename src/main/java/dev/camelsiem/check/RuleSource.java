package dev.camelsiem.check;

import dev.camelsiem.content.rulepackage.RuleFolder;
import dev.camelsiem.content.rulepackage.SourceReader;
import dev.camelsiem.content.taxonomy.Taxonomy;
import dev.camelsiem.lang.compile.Compilation;
import dev.camelsiem.lang.compile.CompiledRule;
import dev.camelsiem.lang.compile.Options;
import dev.camelsiem.lang.compile.RuleCompiler;
import dev.camelsiem.lang.diagnostic.Diagnostic;
import dev.camelsiem.lang.diagnostic.Diagnostics;
import dev.camelsiem.lang.diagnostic.SourceFile;
import dev.camelsiem.lang.syntax.Formula;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A formula from disk, compiled as the pipeline compiles it.
 *
 * @param file null when it could not be read
 * @param rule null when there were errors
 * @param formula the tree, as far as it could be understood; null when the file could not be read
 */
public record RuleSource(
    RuleFolder folder,
    @Nullable SourceFile file,
    @Nullable CompiledRule rule,
    @Nullable Formula formula,
    List<Diagnostic> findings) {

  /** Reads and compiles; what is wrong becomes findings. */
  public static RuleSource read(RuleFolder folder, Options options) {
    Diagnostics findings = new Diagnostics();
    SourceFile file = SourceReader.read(folder.formula(), findings);
    if (file == null) {
      return new RuleSource(folder, null, null, null, findings.all());
    }
    Compilation compilation = RuleCompiler.compile(file, Taxonomy.standard(), options);
    return new RuleSource(
        folder, file, compilation.rule(), compilation.formula(), compilation.findings());
  }
}
