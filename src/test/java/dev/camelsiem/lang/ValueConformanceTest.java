package dev.camelsiem.lang;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Functions, operators and conversions, as the cases state them. */
class ValueConformanceTest {
  @TestFactory
  Stream<DynamicTest> functions() {
    return XpCases.below("function");
  }

  @TestFactory
  Stream<DynamicTest> values() {
    return XpCases.below("value");
  }
}
