package dev.camelsiem.faults;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** The short forms of the rows, in every build. */
@Tag("faults-short")
class FaultsShortTest {
  private static final FaultMatrix MATRIX = new FaultMatrix(false, 4);

  @TestFactory
  Stream<DynamicTest> rows() {
    return MATRIX.tests();
  }

  @AfterAll
  static void end() {
    MATRIX.close();
  }
}
