package dev.camelsiem.edge.camel.tail;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a path or a glob matches. */
class PathPatternTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "/var/log/a.log /var/log/a.log true",
        "/var/log/a.log /var/log/b.log false",
        "/var/log/*.log /var/log/a.log true",
        "/var/log/*.log /var/log/d/a.log false",
        "/var/log/**/*.log /var/log/a.log true",
        "/var/log/**/*.log /var/log/d/e/a.log true",
        "/var/log/**/x/**/*.log /var/log/x/a.log true",
        "/var/log/**/x/**/*.log /var/log/1/x/2/3/a.log true",
        "/var/log/**/x/**/*.log /var/log/1/y/a.log false",
        "/var/log/{a,b}-?.log /var/log/b-1.log true",
        "/var/log/[ab].log /var/log/c.log false",
        "/**/*.{gz,zip} /var/log/c.zip true",
        "/**/*.{gz,zip} /c.gz true",
        "/d/*/e/*.log /d/1/e/a.log true",
      })
  void matches(String pattern, String path, boolean expected) {
    assertThat(new PathPattern(pattern).matches(Path.of(path))).isEqualTo(expected);
  }

  @Test
  void commasSeparateExceptInBraces() {
    assertThat(PathPattern.list(" /a/{x,y}.log , /b,, "))
        .extracting(PathPattern::toString)
        .containsExactly("/a/{x,y}.log", "/b");
  }

  @Test
  void theRootIsTheLastFolderWithoutWildcards() {
    PathPattern pattern = new PathPattern("/var/log/pods/*/app-?.log");
    assertThat(pattern.root()).isEqualTo(Path.of("/var/log/pods"));
    assertThat(pattern.depth()).isEqualTo(2);
    assertThat(new PathPattern("logs/a.log").root()).isAbsolute();
  }
}
