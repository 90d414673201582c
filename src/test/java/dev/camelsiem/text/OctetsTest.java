package dev.camelsiem.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.IntPredicate;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

/** The first mark is where a look at each byte finds it, whatever stands before and behind. */
class OctetsTest {
  private static void check(LongUnaryOperator marks, IntPredicate wanted) {
    Random random = new Random(8);
    byte[] bytes = new byte[Octets.SIZE];
    for (int b = 0; b < 256; b++) {
      for (int at = 0; at < bytes.length; at++) {
        for (int tries = 0; tries < 50; tries++) {
          for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i < at ? '#' + random.nextInt(0x20) : random.nextInt(256));
          }
          bytes[at] = (byte) b;
          int first = 0;
          while (first < bytes.length && !wanted.test(bytes[first] & 0xFF)) {
            first++;
          }
          long found = marks.applyAsLong(Octets.get(bytes, 0));
          assertThat(Octets.firstMark(found)).as("byte %s at %s", b, at).isEqualTo(first);
        }
      }
    }
  }

  @Test
  void endsThePlainPartOfAString() {
    check(Octets::special, b -> b < ' ' || b == '"' || b == '\\' || b >= 0x80);
  }

  @Test
  void marksWhatIsNotPrintableOrOneOfTwo() {
    for (String two : new String[] {"\\=", "\\|", "| ", "~\0", "\0\0"}) {
      long one = Octets.all(two.charAt(0));
      long other = Octets.all(two.charAt(1));
      check(
          octets -> Octets.unprintableOr(octets, one, other),
          b -> b < ' ' || b >= 0x7F || two.indexOf(b) >= 0);
    }
  }

  @Test
  void marksWhatIsEqualOrBelow() {
    check(octets -> Octets.equal(octets, Octets.all('=')), b -> b == '=');
    check(octets -> Octets.below(octets, Octets.all('.')), b -> b < '.');
  }
}
