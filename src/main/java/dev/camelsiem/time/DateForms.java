package dev.camelsiem.time;

import dev.camelsiem.text.Ascii;

/**
 * The forms of dates that are understood.
 *
 * <ul>
 *   <li>{@code yyyy-MM-dd}, with {@code -}, {@code /} or {@code .}, {@code yyyy-Mon-dd}, {@code
 *       yyyyMMdd}, then {@code T}, blanks or {@code _} and a time
 *   <li>{@code yyyyMMddHHmmss}
 *   <li>{@code Mon dd} and {@code Mon dd yyyy}, a comma allowed after the day, then a time; the
 *       year may also follow the time
 *   <li>{@code dd/Mon/yyyy}, with {@code /}, {@code -} or a blank, then {@code :} or a blank and a
 *       time
 *   <li>{@code dd.MM.yyyy} and {@code MM/dd/yyyy}
 * </ul>
 *
 * A weekday may come first. A time is {@code HH:mm}, {@code HH:mm:ss} or {@code HHmmss}, after
 * seconds a fraction behind a dot (cut to milliseconds), {@code AM} or {@code PM}, then {@code Z}
 * or an offset. A date that has its year may go without a time.
 *
 * <p>Other styles than those of texts know fewer forms, see {@link DateStyle}.
 *
 * <p>What begins as a time or an offset and is none makes the whole no date: nothing is made up for
 * what is missing or wrong.
 */
final class DateForms extends ClockForms {
  private static final String[] MONTHS = {
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december"
  };
  private static final String[] WEEKDAYS = {
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"
  };

  int year;
  int month;
  int day;

  /** The end of the longest date at {@code from}, or -1. A year that isn't there is -1. */
  int read(byte[] source, int from, int limit, DateStyle dateStyle) {
    bytes = source;
    at = from;
    to = limit;
    style = dateStyle;
    year = -1;
    month = 0;
    day = 0;
    millisOfDay = 0;
    offsetSeconds = 0;
    return date() && month >= 1 && month <= 12 && day >= 1 && day <= 31 ? at : -1;
  }

  private boolean date() {
    weekday = !style.isStandard() && skipWeekday();
    if (!Ascii.isDigit(peek())) {
      return style != DateStyle.ISO && nameFirst();
    }
    return style.isStandard() ? digitsAhead() == 4 && yearFirst() : numericFirst();
  }

  private boolean skipWeekday() {
    int start = at;
    if (name(WEEKDAYS) < 0) {
      return false;
    }
    if (at < to && bytes[at] == ',') {
      at++;
    }
    if (blanks() == 0) {
      at = start;
      return false;
    }
    return true;
  }

  private boolean numericFirst() {
    int digits = digitsAhead();
    return switch (digits) {
      case 4 -> yearFirst();
      case 8 -> compactDate() && timeOrNothing("T_ ");
      case 14 -> compactDate() && compactTime() && zone(false);
      case 1, 2 -> dayFirst(digits);
      default -> false;
    };
  }

  private boolean compactDate() {
    year = number(4);
    month = number(2);
    day = number(2);
    return true;
  }

  private boolean yearFirst() {
    year = number(4);
    int separator = peek();
    boolean known = separator == '/' || separator == '.' || separator == ' ';
    if (separator != '-' && (!known || style.isStandard())) {
      return false;
    }
    at++;
    boolean named = !Ascii.isDigit(peek());
    month = named ? name(MONTHS) : upToTwo();
    if (named ? month < 1 : separator == ' ') {
      return false;
    }
    if (peek() != separator) {
      return false;
    }
    at++;
    if (named) {
      blanks();
    }
    day = upToTwo();
    if (day < 1 || Ascii.isDigit(peek())) {
      return false;
    }
    return style.isStandard()
        ? time(style.beforeTime)
        : timeOrNothing(separator == '-' ? "T_ :" : "T_ ");
  }

  private boolean dayFirst(int digits) {
    int first = number(digits);
    int separator = peek();
    if (separator != '/' && separator != '-' && separator != '.' && separator != ' ') {
      return false;
    }
    at++;
    if (!Ascii.isDigit(peek())) {
      day = first;
      month = name(MONTHS);
    } else if (separator == '.') {
      day = first;
      month = upToTwo();
    } else if (separator == '/') {
      month = first;
      day = upToTwo();
    }
    if (month < 1 || day < 1 || peek() != separator) {
      return false;
    }
    at++;
    if (digitsAhead() != 4) {
      return false;
    }
    year = number(4);
    return timeOrNothing(separator == '/' ? "T :" : "T ");
  }

  /** {@code Mon dd [yyyy] HH:mm:ss [yyyy]}, in a header a zone behind it. */
  private boolean nameFirst() {
    month = name(MONTHS);
    if (month < 1 || blanks() == 0) {
      return false;
    }
    int digits = digitsAhead();
    if (digits != 1 && digits != 2) {
      return false;
    }
    day = number(digits);
    if (peek() == ',') {
      at++;
    }
    int gap = at;
    if (blanks() == 0) {
      return false;
    }
    boolean yearFollows = digitsAhead() == 4;
    if (yearFollows) {
      year = number(4);
    } else {
      at = gap;
    }
    if (yearFollows && !style.isHeader()) {
      return timeOrNothing("T :");
    }
    if (!time(" ")) {
      return false;
    }
    if (!yearFollows) {
      trailingYear();
    }
    if (style.isHeader()) {
      zoneName();
    }
    return true;
  }

  /** The year of asctime; in the middle of a text only when a weekday says that it is one. */
  private void trailingYear() {
    int mark = at;
    boolean expected = style.whole || weekday || style.isHeader();
    if (expected && blanks() > 0 && digitsAhead() == 4 && endsYear(at + 4)) {
      year = number(4);
      if (!style.isHeader() || (year >= 1970 && year < 2200)) {
        return;
      }
      year = -1; // the name of a host, perhaps
    }
    at = mark;
  }

  private boolean endsYear(int end) {
    if (end == to || Ascii.isSpace(bytes[end])) {
      return true;
    }
    return style.isHeader() ? colonAndBlank(end) : bytes[end] == ']' || bytes[end] == ',';
  }

  /** A date with its year may stand alone, but not before what begins as a time and is none. */
  private boolean timeOrNothing(String separators) {
    int mark = at;
    if (time(separators)) {
      return true;
    }
    at = mark;
    millisOfDay = 0;
    offsetSeconds = 0;
    return !timeBegins();
  }
}
