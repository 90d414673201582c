package dev.camelsiem.faults;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** The whole matrix: {@code mvn verify -Pfaults}; writes the table of docs/reliability.md. */
@Tag("faults")
class FaultsTest {
  private static final FaultMatrix MATRIX = new FaultMatrix(true, 1);

  @TestFactory
  Stream<DynamicTest> rows() {
    return MATRIX.tests();
  }

  @AfterAll
  static void end() {
    MATRIX.close();
  }
}
