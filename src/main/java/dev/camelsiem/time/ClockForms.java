package dev.camelsiem.time;

import dev.camelsiem.text.Ascii;

/** The forms of times of day, with AM, PM and offsets, as {@link DateForms} lists them. */
abstract class ClockForms extends DateCursor {
  DateStyle style = DateStyle.WHOLE;

  /** A weekday came first, which makes surer that what follows belongs to the date. */
  boolean weekday;

  int millisOfDay;
  int offsetSeconds;

  /** A {@code T} with a digit behind it, or a separator and what looks like hours and minutes. */
  boolean timeBegins() {
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

  boolean time(String separators) {
    int separator = peek() == 't' && style.isStandard() ? 'T' : peek();
    if (separator < 0 || separators.indexOf(separator) < 0) {
      return false;
    }
    at++;
    if (separator == ' ') {
      blanks();
    }
    int digits = digitsAhead();
    if (digits == 6) {
      return !style.isHeader() && compactTime() && zone(false);
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
    boolean apart = separator == ':' || weekday || style.whole;
    if (peek() == ':' && digitsAhead(at + 1) == 2) {
      at++;
      int second = number(2);
      return clock(hour, minute, second, fraction()) && zone(apart);
    }
    boolean broken = (peek() == ':' || peek() == '.') && digitsAhead(at + 1) > 0;
    return !broken && !style.isHeader() && clock(hour, minute, 0, 0) && zone(apart);
  }

  boolean compactTime() {
    return clock(number(2), number(2), number(2), fraction());
  }

  private boolean clock(int hour, int minute, int second, int millis) {
    int hour24 = halfDay(hour);
    millisOfDay = ((hour24 * 60 + minute) * 60 + second) * 1000 + millis;
    return hour24 <= 23 && minute <= 59 && second <= 60;
  }

  /**
   * Digits after a dot, or a comma where it counts; the fourth and further ones are cut off, not
   * rounded.
   */
  private int fraction() {
    boolean begins = peek() == '.' || (peek() == ',' && style.isStandard());
    if (!begins || digitsAhead(at + 1) == 0) {
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
    if (style.isStandard()) {
      return hour;
    }
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
  boolean zone(boolean mayStandApart) {
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
    boolean read = (c == '+' || c == '-') ? offset(false) : style.whole && utc();
    if (!read) {
      at = mark;
    }
  }

  private boolean utc() {
    boolean found = word("utc") || word("gmt") || word("z");
    return found && (at == to || Ascii.isSpace(bytes[at]));
  }

  /**
   * {@code UTC} and {@code GMT} behind the time of a header. Other abbreviations mean too many
   * things, so they are only skipped where Cisco writes them, as in {@code MSK: %SYS}.
   */
  void zoneName() {
    int mark = at;
    int blanks = blanks();
    int start = at;
    boolean universal = word("utc") || word("gmt");
    while (at < to && at - start <= 5 && bytes[at] >= 'A' && bytes[at] <= 'Z') {
      at++;
    }
    int letters = at - start;
    boolean cisco =
        letters >= 2 && letters <= 5 && colonAndBlank(at) && at + 2 < to && bytes[at + 2] == '%';
    boolean read = cisco || (universal && letters == 3 && (peek() == ' ' || colonAndBlank(at)));
    if (blanks == 0 || !read) {
      at = mark;
    }
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
}
