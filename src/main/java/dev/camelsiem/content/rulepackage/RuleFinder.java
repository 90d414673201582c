package dev.camelsiem.content.rulepackage;

import dev.camelsiem.lang.diagnostic.Diagnostics;
import dev.camelsiem.lang.diagnostic.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds rule folders below directories. Symbolic links are followed, loops left out, and a rule
 * that is reached on two ways is taken once.
 */
public final class RuleFinder {
  /** Most rules of one search. */
  public static final int MOST_RULES = 100_000;

  private static final int DEEPEST = 64;

  private final Diagnostics findings;
  private final List<RuleFolder> found = new ArrayList<>();
  private final Set<Path> seen = new HashSet<>();

  private RuleFinder(Diagnostics findings) {
    this.findings = findings;
  }

  /**
   * The rules at or below each of the given paths, sorted by path. A path may also be a {@code
   * formula.xp} itself. A path without any rule is a finding.
   */
  public static List<RuleFolder> find(Collection<Path> roots, Diagnostics findings) {
    RuleFinder finder = new RuleFinder(findings);
    for (Path root : roots) {
      finder.search(root);
    }
    return finder.found.stream().sorted().toList();
  }

  private void search(Path given) {
    boolean isFormula = Files.isRegularFile(given) && given.endsWith(RuleFolder.FORMULA);
    Path parent = given.toAbsolutePath().getParent();
    Path root = !isFormula ? given : given.getParent() == null ? Path.of("") : given.getParent();
    if (!Files.isDirectory(isFormula && parent != null ? parent : root)) {
      String reason = Files.exists(given) ? "neither a folder nor a formula.xp" : "no such folder";
      report(PackageCode.UNREADABLE, given, reason);
      return;
    }
    int before = found.size();
    int known = seen.size();
    walk(root);
    if (found.size() == before && seen.size() == known && !alreadyFound(root)) {
      findings.add(
          PackageCode.NO_RULES
              .at(SourceReader.empty(given.toString()), Span.START)
              .withHint("name a folder that holds rules at any depth, such as `rules`"));
    }
  }

  private void walk(Path root) {
    try {
      Files.walkFileTree(
          root, EnumSet.of(FileVisitOption.FOLLOW_LINKS), DEEPEST, new Visitor(root));
    } catch (IOException e) {
      report(PackageCode.UNREADABLE, root, SourceReader.reason(e));
    }
  }

  private boolean alreadyFound(Path root) {
    Path real = real(root);
    return seen.stream().anyMatch(rule -> rule.startsWith(real));
  }

  private void report(PackageCode code, Path path, Object... arguments) {
    findings.add(code.at(SourceReader.empty(path.toString()), Span.START, arguments));
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException("a folder vanished while it was read: " + path, e);
    }
  }

  private final class Visitor extends SimpleFileVisitor<Path> {
    private final Path root;

    Visitor(Path root) {
      this.root = root;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
      Path name = directory.getFileName();
      String text = name == null ? "" : name.toString();
      if (text.startsWith(".") && !directory.equals(root)) {
        return FileVisitResult.SKIP_SUBTREE;
      }
      Path parent = directory.getParent();
      boolean partOfRule = text.equals("tests") || text.equals("i18n");
      if (partOfRule && parent != null && RuleFolder.isRule(parent)) {
        return FileVisitResult.SKIP_SUBTREE;
      }
      return take(directory);
    }

    private FileVisitResult take(Path directory) {
      if (!RuleFolder.isRule(directory) || !seen.add(real(directory))) {
        return FileVisitResult.CONTINUE;
      }
      if (found.size() == MOST_RULES) {
        report(PackageCode.TOO_MANY, directory, MOST_RULES);
        return FileVisitResult.TERMINATE;
      }
      found.add(new RuleFolder(directory));
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) {
      if (failure instanceof FileSystemLoopException) {
        report(PackageCode.LINK_LOOP, file);
      } else {
        report(PackageCode.UNREADABLE, file, SourceReader.reason(failure));
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
