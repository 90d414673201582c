package dev.camelsiem.lang.function;

import dev.camelsiem.lang.value.Budget;
import org.jspecify.annotations.Nullable;

/**
 * The executable form of a function for one number of arguments. Stateless and shared by threads;
 * throws nothing but what the budget throws.
 */
public sealed interface Body {
  /** One argument. */
  non-sealed interface Body1 extends Body {
    @Nullable Object apply(Budget budget, @Nullable Object a);
  }

  /** Two arguments. */
  non-sealed interface Body2 extends Body {
    @Nullable Object apply(Budget budget, @Nullable Object a, @Nullable Object b);
  }

  /** Three arguments. */
  non-sealed interface Body3 extends Body {
    @Nullable Object apply(
        Budget budget, @Nullable Object a, @Nullable Object b, @Nullable Object c);
  }

  /** Four arguments. */
  non-sealed interface Body4 extends Body {
    @Nullable Object apply(
        Budget budget,
        @Nullable Object a,
        @Nullable Object b,
        @Nullable Object c,
        @Nullable Object d);
  }

  /** Any number of arguments; the array is the caller's and may be reused after the call. */
  non-sealed interface BodyN extends Body {
    @Nullable Object apply(Budget budget, @Nullable Object[] arguments);
  }
}
