package dev.camelsiem.edge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jline.reader.Candidate;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser.ParseContext;
import org.junit.jupiter.api.Test;

class XpCompleterTest {
  @Test
  void offersFunctionsFieldsAndWordsAlsoInsideACall() {
    assertThat(offered("keyv")).contains("keyvalue(").contains("subject.account.name", "endif");
    assertThat(offered("lower(subj")).contains("lower(subject.account.name");
    assertThat(offered(":ev")).contains(":event");
  }

  private static List<String> offered(String typed) {
    ParsedLine line = new XpLineParser().parse(typed, typed.length(), ParseContext.COMPLETE);
    List<Candidate> candidates = new ArrayList<>();
    new XpCompleter().complete(null, line, candidates);
    return candidates.stream().map(Candidate::value).toList();
  }
}
