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
 * <p>What begins as a time or an offset and is none makes the whole no date: nothing is made up for
 * what is missing or wrong.
 */
final class DateForms {
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

  private byte[] bytes = new byte[0];
  private int at;
  private int to;

  /** All of the text must be a date: zones and years may stand apart from the time. */
  private boolean whole;

  private boolean weekday;
  private int year;
  private int month;
  private int day;
  private int millisOfDay;
  private int offsetSeconds;

  int year() {
    return year;
  }

  int month() {
    return month;
  }

  int day() {
    return day;
  }

  int millisOfDay() {
    return millisOfDay;
  }

  int offsetSeconds() {
    return offsetSeconds;
  }

  /** The end of the longest date at {@code from}, or -1. A year that isn't there is -1. */
  int read(byte[] source, int from, int limit, boolean wholeText) {
    bytes = source;
    at = from;
    to = limit;
    whole = wholeText;
    year = -1;
    month = 0;
    day = 0;
    millisOfDay = 0;
    offsetSeconds = 0;
    weekday = skipWeekday();
    boolean read = at < to && (Ascii.isDigit(bytes[at]) ? numericFirst() : nameFirst());
    return read && month >= 1 && month <= 12 && day >= 1 && day <= 31 ? at : -1;
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
    if (separator != '-' && separator != '/' && separator != '.' && separator != ' ') {
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
    return timeOrNothing(separator == '-' ? "T_ :" : "T_ ");
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

  /** {@code Mon dd [yyyy] HH:mm:ss [yyyy]}. */
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
    if (digitsAhead() == 4) {
      year = number(4);
      return timeOrNothing("T :");
    }
    at = gap;
    return time(" ") && trailingYear();
  }

  /** The year of asctime; in the middle of a text only when a weekday says that it is one. */
  private boolean trailingYear() {
    int mark = at;
    boolean apart = blanks() > 0;
    boolean year4 = apart && digitsAhead() == 4 && (whole || weekday);
    if (year4) {
      int end = at + 4;
      if (end == to || Ascii.isSpace(bytes[end]) || bytes[end] == ']' || bytes[end] == ',') {
        year = number(4);
        return true;
      }
    }
    at = mark;
    return true;
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

  /** A {@code T} with a digit behind it, or a separator and what looks like hours and minutes. */
  private boolean timeBegins() {
    int separator = peek();
    boolean letter = (separator | 0x20) == 't';
    if (!letter && separator != ' ' && separator != '_' && separator != ':') {
      return false;
    }
    int start = at + 1;
    while (separator == ' ' && start < to && bytes[start] == ' ') {
      start++;
    }
    int digits = digitsAhead(start);
    return letter ? digits > 0 : (digits == 1 || digits == 2) && colonAndDigit(start + digits);
  }

  private boolean colonAndDigit(int start) {
    return start < to && bytes[start] == ':' && digitsAhead(start + 1) > 0;
  }

  private boolean time(String separators) {
    int separator = peek();
    if (separator < 0 || separators.indexOf(separator) < 0) {
      return false;
    }
    at++;
    if (separator == ' ') {
      blanks();
    }
    int digits = digitsAhead();
    if (digits == 6) {
      return compactTime() && zone(false);
    }
    if (digits != 1 && digits != 2) {
      return false;
    }
    int hour = number(digits);
    if (peek() != ':' || digitsAhead(at + 1) != 2) {
      return false;
    }
    at++;
    int minute = number(2);
    boolean apart = separator == ':' || weekday || whole;
    if (peek() == ':' && digitsAhead(at + 1) == 2) {
      at++;
      int second = number(2);
      return clock(hour, minute, second, fraction()) && zone(apart);
    }
    boolean broken = (peek() == ':' || peek() == '.') && digitsAhead(at + 1) > 0;
    return !broken && clock(hour, minute, 0, 0) && zone(apart);
  }

  private boolean compactTime() {
    return clock(number(2), number(2), number(2), fraction());
  }

  private boolean clock(int hour, int minute, int second, int millis) {
    int hour24 = halfDay(hour);
    millisOfDay = ((hour24 * 60 + minute) * 60 + second) * 1000 + millis;
    return hour24 <= 23 && minute <= 59 && second <= 60;
  }

  /** Digits after a dot; the fourth and further ones are cut off, not rounded. */
  private int fraction() {
    if (peek() != '.' || at + 1 >= to || !Ascii.isDigit(bytes[at + 1])) {
      return 0;
    }
    at++;
    int millis = 0;
    int digits = 0;
    while (at < to && Ascii.isDigit(bytes[at])) {
      if (digits < 3) {
        millis = millis * 10 + bytes[at] - '0';
        digits++;
      }
      at++;
    }
    for (; digits < 3; digits++) {
      millis *= 10;
    }
    return millis;
  }

  /** The hour of the day, once AM or PM is taken into account; 99 when they contradict. */
  private int halfDay(int hour) {
    int mark = at;
    blanks();
    int letter = at + 1 < to && (bytes[at + 1] | 0x20) == 'm' ? bytes[at] | 0x20 : 0;
    boolean ends = at + 2 >= to || !Ascii.isAlphanumeric(bytes[at + 2]);
    if ((letter != 'a' && letter != 'p') || !ends) {
      at = mark;
      return hour;
    }
    at += 2;
    if (hour < 1 || hour > 12) {
      return 99;
    }
    return hour % 12 + (letter == 'p' ? 12 : 0);
  }

  /** An offset or Z, or nothing; false when an offset stands there that is none. */
  private boolean zone(boolean mayStandApart) {
    int mark = at;
    int c = peek();
    if ((c | 0x20) == 'z' && (at + 1 >= to || !Ascii.isAlphanumeric(bytes[at + 1]))) {
      at++;
    } else if (c == '+' || c == '-') {
      return offset(true) || !offsetBegins();
    } else if (mayStandApart && blanks() > 0) {
      zoneApart(mark);
    }
    return true;
  }

  /** A minus may also stand between the time and a number, or between two times. */
  private boolean offsetBegins() {
    int digits = digitsAhead(at + 1);
    if (peek() == '+') {
      return digits > 0;
    }
    boolean timeFollows = digitsAhead(at + 4) == 2 && colonAndDigit(at + 6);
    return digits == 2 && colonAndDigit(at + 3) && !timeFollows;
  }

  private void zoneApart(int mark) {
    int c = peek();
    boolean read = (c == '+' || c == '-') ? offset(false) : whole && utc();
    if (!read) {
      at = mark;
    }
  }

  private boolean utc() {
    boolean found = word("utc") || word("gmt") || word("z");
    return found && (at == to || Ascii.isSpace(bytes[at]));
  }

  private boolean word(String lower) {
    if (at + lower.length() > to) {
      return false;
    }
    for (int i = 0; i < lower.length(); i++) {
      if ((bytes[at + i] | 0x20) != lower.charAt(i)) {
        return false;
      }
    }
    at += lower.length();
    return true;
  }

  /** {@code +hh:mm}, {@code +hhmm}, or {@code +hh} where allowed. */
  private boolean offset(boolean hoursMayStandAlone) {
    int mark = at;
    int sign = bytes[at++] == '-' ? -1 : 1;
    int digits = digitsAhead();
    int hours = digits == 2 || digits == 4 ? number(2) : 99;
    int minutes = 0;
    boolean minutesRead = true;
    if (digits == 4) {
      minutes = number(2);
    } else if (digits == 2 && peek() == ':' && digitsAhead(at + 1) == 2) {
      at++;
      minutes = number(2);
    } else {
      minutesRead = hoursMayStandAlone;
    }
    if (hours > 18 || minutes > 59 || !minutesRead || colonAndDigit(at)) {
      at = mark;
      return false;
    }
    offsetSeconds = sign * (hours * 3600 + minutes * 60);
    return true;
  }

  /** The number, from 1, of a name that is written out or cut to three letters; or -1. */
  private int name(String[] names) {
    int end = at;
    while (end < to && Ascii.isLetter(bytes[end])) {
      end++;
    }
    for (int i = 0; end - at >= 3 && i < names.length; i++) {
      if (isName(names[i], end - at)) {
        at = end;
        return i + 1;
      }
    }
    return -1;
  }

  private boolean isName(String name, int length) {
    boolean sept = length == 4 && name.startsWith("sept");
    if (length != 3 && length != name.length() && !sept) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if ((bytes[at + i] | 0x20) != name.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private int blanks() {
    int start = at;
    while (at < to && bytes[at] == ' ') {
      at++;
    }
    return at - start;
  }

  private int peek() {
    return at < to ? bytes[at] : -1;
  }

  private int digitsAhead() {
    return digitsAhead(at);
  }

  private int digitsAhead(int start) {
    int i = start;
    while (i < to && Ascii.isDigit(bytes[i])) {
      i++;
    }
    return i - start;
  }

  /** One or two digits, or -1. */
  private int upToTwo() {
    int digits = digitsAhead();
    return digits == 1 || digits == 2 ? number(digits) : -1;
  }

  private int number(int digits) {
    int value = 0;
    for (int i = 0; i < digits; i++) {
      value = value * 10 + bytes[at++] - '0';
    }
    return value;
  }
}
