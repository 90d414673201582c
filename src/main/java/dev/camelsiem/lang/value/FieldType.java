package dev.camelsiem.lang.value;

import dev.camelsiem.text.Text;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** The types of event fields, and the conversion when a value is assigned to one (xp 7.2). */
public enum FieldType {
  STRING {
    @Override
    public @Nullable Object convert(@Nullable Object value, Budget budget) {
      return Convert.text(budget, value);
    }
  },
  /** An integer of 64 bits or a fraction that can be written out. */
  NUMBER {
    @Override
    public @Nullable Object convert(@Nullable Object value, Budget budget) {
      if (value instanceof Long) {
        return value;
      }
      if (value instanceof BigDecimal decimal) {
        return Numbers.writable(decimal);
      }
      if (value instanceof Boolean bool) {
        return bool ? 1L : 0L;
      }
      pay(value, budget);
      return Convert.number(value);
    }
  },
  /** A Number from 0 to 65535, without a fraction. */
  PORT {
    @Override
    public @Nullable Object convert(@Nullable Object value, Budget budget) {
      Object number = NUMBER.convert(value, budget);
      return number instanceof Long port && port >= 0 && port <= LARGEST_PORT ? port : null;
    }
  },
  IP {
    @Override
    public @Nullable Object convert(@Nullable Object value, Budget budget) {
      pay(value, budget);
      return Convert.ip(value);
    }
  },
  MAC {
    @Override
    public @Nullable Object convert(@Nullable Object value, Budget budget) {
      pay(value, budget);
      return Convert.mac(value);
    }
  },
  DATETIME {
    @Override
    public @Nullable Object convert(@Nullable Object value, Budget budget) {
      pay(value, budget);
      return Convert.dateTime(value, budget.receivedAt());
    }
  },
  BOOL {
    @Override
    public @Nullable Object convert(@Nullable Object value, Budget budget) {
      return Convert.text(value) == null ? null : (Object) Convert.bool(value);
    }
  },
  LIST {
    @Override
    public @Nullable Object convert(@Nullable Object value, Budget budget) {
      return value instanceof ListValue ? value : null;
    }
  },
  /** A String out of a list that only the linter knows. */
  ENUM {
    @Override
    public @Nullable Object convert(@Nullable Object value, Budget budget) {
      return STRING.convert(value, budget);
    }
  };

  private static final int LARGEST_PORT = 65_535;

  /** Pays for the one look that a conversion takes at a text. */
  private static void pay(@Nullable Object value, Budget budget) {
    if (Convert.scalar(value) instanceof Text text) {
      budget.step(2);
      budget.scan(text.length());
    }
  }

  /** The value that the field takes; null leaves the field unset. */
  public abstract @Nullable Object convert(@Nullable Object value, Budget budget);

  /** True for texts of any kind. */
  public boolean isString() {
    return this == STRING || this == ENUM;
  }
}
