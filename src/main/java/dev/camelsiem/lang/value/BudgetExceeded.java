package dev.camelsiem.lang.value;

import java.io.Serial;

/**
 * Stops an evaluation that has used up its {@link Budget}. Internal: preallocated, without a stack,
 * caught at the engine's door and turned into an outcome.
 */
@SuppressWarnings("StaticAssignmentOfThrowable") // has no stack that could be stale
public final class BudgetExceeded extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  static final BudgetExceeded STEPS = new BudgetExceeded("too many steps");
  static final BudgetExceeded OUTPUT = new BudgetExceeded("too much output");

  private BudgetExceeded(String message) {
    super(message, null, false, false);
  }

  /** True when the output was too large, false when the steps ran out. */
  public boolean isOutput() {
    return this == OUTPUT;
  }
}
