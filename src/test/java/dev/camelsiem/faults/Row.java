package dev.camelsiem.faults;

import java.util.List;

/**
 * One fault.
 *
 * @param id number in the matrix; letters tell variants apart
 * @param fault what is done, for the table
 * @param needs programs or rights without which it is skipped, see {@link Tools#missing}
 * @param inShort whether a short form runs in every build
 */
record Row(String id, String fault, List<String> needs, boolean inShort, Body body) {
  /** Does the fault. What it starts is judged and cleaned up by the scene. */
  @FunctionalInterface
  interface Body {
    void run(Scene scene) throws Exception;
  }
}
