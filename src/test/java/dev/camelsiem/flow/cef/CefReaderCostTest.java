package dev.camelsiem.flow.cef;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What reading a line costs: characters looked at, which grow with the line and not faster. */
class CefReaderCostTest {
  private static final String HEAD = "<13>Feb 18 10:07:28 h CEF:0|a|b|c|d|e|5|";

  /** Looks at one character that a line may cost, however it is made. */
  private static final int MOST_LOOKS = 12;

  static Stream<Arguments> lines() {
    return Stream.of(
            pieces(HEAD, "k=v "),
            pieces(HEAD, "k= "),
            pieces(HEAD, "cs1 = v "),
            pieces(HEAD + "k=", "= "),
            pieces(HEAD + "k=", " ="),
            pieces(HEAD + "k=v", " "),
            pieces(HEAD + "k=v", "    ="),
            pieces(HEAD, "a"),
            pieces(HEAD, "a=\\"),
            pieces(HEAD, "a=\\n "),
            pieces(HEAD + "msg=", "\\"),
            pieces(HEAD, "k[0].x=y "),
            pieces("", "CEF:"),
            pieces("", "CEF: "),
            pieces("CEF:", " "),
            pieces("CEF:0|", " |"),
            pieces("CEF:0|", "\\|"),
            pieces("CEF:0|a|b", " "),
            pieces("", " "),
            pieces("<13>", "9"),
            pieces("", "<13>Feb 18 "),
            pieces("2025-02-18 ", " "))
        .flatMap(
            line ->
                Stream.of(line, line + " CEF:0|a|b|c|d|e|5|k=v").map(each -> Arguments.of(each)));
  }

  private static String pieces(String head, String piece) {
    return head + piece.repeat((CefReader.LONGEST_LINE - 100 - head.length()) / piece.length());
  }

  @ParameterizedTest
  @MethodSource("lines")
  void growsWithTheLineAndNotFaster(String line) {
    Counting counting = new Counting(line);
    CefReader.read(counting, new ArrayList<>());
    assertThat(counting.looks).isLessThanOrEqualTo((long) MOST_LOOKS * line.length());
  }

  /** Counts each look at a character; a part taken out counts as a look at each of its own. */
  private static final class Counting implements CharSequence {
    private final String line;
    private long looks;

    Counting(String line) {
      this.line = line;
    }

    @Override
    public int length() {
      return line.length();
    }

    @Override
    public char charAt(int index) {
      looks++;
      return line.charAt(index);
    }

    @Override
    public CharSequence subSequence(int from, int to) {
      looks += to - from;
      return line.substring(from, to);
    }

    @Override
    public String toString() {
      return line.substring(0, 40) + "... of " + line.length();
    }
  }
}
