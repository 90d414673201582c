package dev.camelsiem.flow.ruleset;

import dev.camelsiem.content.rulepackage.MetadataChecker;
import dev.camelsiem.content.rulepackage.MetadataReport;
import dev.camelsiem.content.rulepackage.RuleFinder;
import dev.camelsiem.content.rulepackage.RuleFolder;
import dev.camelsiem.content.rulepackage.SourceReader;
import dev.camelsiem.content.taxonomy.Taxonomy;
import dev.camelsiem.flow.describe.Describe;
import dev.camelsiem.flow.describe.Descriptions;
import dev.camelsiem.flow.normalize.NamedRule;
import dev.camelsiem.flow.normalize.RuleSet;
import dev.camelsiem.lang.compile.Compilation;
import dev.camelsiem.lang.compile.CompiledRule;
import dev.camelsiem.lang.compile.Options;
import dev.camelsiem.lang.compile.RuleCompiler;
import dev.camelsiem.lang.diagnostic.Diagnostic;
import dev.camelsiem.lang.diagnostic.Diagnostics;
import dev.camelsiem.lang.diagnostic.SourceFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Loads every rule below folders; tests are left alone, and metadata unless asked for. */
public final class RuleSetLoader {
  private static final int VERSION_DIGITS = 12;

  private RuleSetLoader() {}

  /**
   * What was loaded.
   *
   * @param rules those without errors
   * @param findings errors and what the search for rules had to say; warnings of the linter are for
   *     {@code siem validate}
   */
  public record Loaded(RuleSet rules, List<Diagnostic> findings) {
    public List<Diagnostic> errors() {
      return findings.stream().filter(Diagnostic::isError).toList();
    }
  }

  private record Read(
      RuleFolder folder,
      @Nullable SourceFile file,
      @Nullable CompiledRule rule,
      @Nullable Descriptions descriptions,
      List<Diagnostic> findings) {}

  /**
   * Loads the rules at or below the given paths. A folder without any rule is an error.
   *
   * @param appendix sets host fields and importance after each rule (xp-language 7.6)
   */
  public static Loaded load(Collection<Path> roots, boolean appendix) {
    return load(roots, appendix, Describe.NONE);
  }

  /**
   * Loads the rules and what their events are described with; errors in that are errors, too.
   *
   * @param describe the languages; metadata is not looked at when there is none
   */
  public static Loaded load(Collection<Path> roots, boolean appendix, Describe describe) {
    Diagnostics findings = new Diagnostics();
    List<RuleFolder> folders = RuleFinder.find(roots, findings);
    Options options = Options.FOR_PRODUCTION.withAppendix(appendix);
    List<Read> read =
        folders.parallelStream().map(folder -> read(folder, options, describe)).toList();
    read.forEach(one -> findings.addAll(one.findings()));
    return new Loaded(RuleSet.of(named(read), version(read)), findings.all());
  }

  private static Read read(RuleFolder folder, Options options, Describe describe) {
    Diagnostics findings = new Diagnostics();
    SourceFile file = SourceReader.read(folder.formula(), findings);
    if (file == null) {
      return new Read(folder, null, null, null, findings.all());
    }
    Compilation compilation = RuleCompiler.compile(file, Taxonomy.standard(), options);
    findings.addAll(compilation.findings());
    CompiledRule rule = compilation.rule();
    Descriptions descriptions =
        rule == null || describe == Describe.NONE
            ? null
            : descriptions(folder, rule, describe, findings);
    return new Read(folder, file, rule, descriptions, findings.all());
  }

  private static Descriptions descriptions(
      RuleFolder folder, CompiledRule rule, Describe describe, Diagnostics findings) {
    Set<String> ids = rule.constantsOf("id");
    MetadataReport report = new MetadataChecker(Taxonomy.standard().names()).check(folder, ids);
    findings.addAll(report.errors());
    String name = ids.size() == 1 ? ids.iterator().next() : folder.name();
    return Descriptions.of(rule, name, report, describe.languages());
  }

  /** A rule is known by the id that it sets, or by its folder when that is not one of its own. */
  private static List<NamedRule> named(List<Read> read) {
    Set<String> taken = new HashSet<>();
    List<NamedRule> rules = new ArrayList<>(read.size());
    for (Read one : read) {
      CompiledRule rule = one.rule();
      if (rule == null) {
        continue;
      }
      Set<String> ids = rule.constantsOf("id");
      String id = ids.size() == 1 ? ids.iterator().next() : one.folder().toString();
      String name = taken.add(id) ? id : one.folder().toString();
      taken.add(name);
      Descriptions own = one.descriptions();
      rules.add(own == null ? new NamedRule(name, rule) : new NamedRule(name, rule, own));
    }
    return rules;
  }

  /** Changes when a formula does, and with nothing else. */
  private static String version(List<Read> read) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Read one : read) {
        if (one.file() != null) {
          digest.update(one.file().name().getBytes(StandardCharsets.UTF_8));
          digest.update((byte) 0);
          digest.update(one.file().text().getBytes(StandardCharsets.UTF_8));
          digest.update((byte) 0);
        }
      }
      return HexFormat.of().formatHex(digest.digest()).substring(0, VERSION_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
