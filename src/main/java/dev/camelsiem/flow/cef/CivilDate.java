package dev.camelsiem.flow.cef;

/** Days since 1970 to year, month and day of the proleptic Gregorian calendar and back. */
final class CivilDate {
  private static final int DAYS_PER_ERA = 146_097;
  private static final int DAYS_TO_1970 = 719_468;

  private CivilDate() {}

  static long toEpochDay(int year, int month, int day) {
    int marchYear = month <= 2 ? year - 1 : year;
    int era = Math.floorDiv(marchYear, 400);
    int yearOfEra = marchYear - era * 400;
    int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return (long) era * DAYS_PER_ERA + dayOfEra - DAYS_TO_1970;
  }

  /** {@code year * 10000 + month * 100 + day}. */
  static int fromEpochDay(long epochDay) {
    long shifted = epochDay + DAYS_TO_1970;
    long era = Math.floorDiv(shifted, (long) DAYS_PER_ERA);
    int dayOfEra = (int) (shifted - era * DAYS_PER_ERA);
    int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
    int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    int marchMonth = (5 * dayOfYear + 2) / 153;
    int day = dayOfYear - (153 * marchMonth + 2) / 5 + 1;
    int month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
    int year = (int) (yearOfEra + era * 400) + (month <= 2 ? 1 : 0);
    return year * 10_000 + month * 100 + day;
  }
}
