package dev.camelsiem.lang.function.builtin;

import dev.camelsiem.lang.function.FunctionSpec;
import dev.camelsiem.lang.function.builtin.list.Append;
import dev.camelsiem.lang.function.builtin.list.InList;
import dev.camelsiem.lang.function.builtin.list.IsList;
import dev.camelsiem.lang.function.builtin.list.Join;
import dev.camelsiem.lang.function.builtin.list.Remove;
import dev.camelsiem.lang.function.builtin.net.InSubnet;
import dev.camelsiem.lang.function.builtin.net.MaybeIpv4;
import dev.camelsiem.lang.function.builtin.net.MaybeIpv6;
import dev.camelsiem.lang.function.builtin.net.MaybeMacaddr;
import dev.camelsiem.lang.function.builtin.net.ToIpv4;
import dev.camelsiem.lang.function.builtin.net.ToIpv6;
import dev.camelsiem.lang.function.builtin.net.ToMacaddr;
import dev.camelsiem.lang.function.builtin.number.Abs;
import dev.camelsiem.lang.function.builtin.number.Ceil;
import dev.camelsiem.lang.function.builtin.number.Div;
import dev.camelsiem.lang.function.builtin.number.FlipEndianness16;
import dev.camelsiem.lang.function.builtin.number.FlipEndianness32;
import dev.camelsiem.lang.function.builtin.number.FlipEndianness64;
import dev.camelsiem.lang.function.builtin.number.Floor;
import dev.camelsiem.lang.function.builtin.number.MaybeFloat;
import dev.camelsiem.lang.function.builtin.number.MaybeNumber;
import dev.camelsiem.lang.function.builtin.number.MaybeNumber16;
import dev.camelsiem.lang.function.builtin.number.MaybeNumber8;
import dev.camelsiem.lang.function.builtin.number.Mod;
import dev.camelsiem.lang.function.builtin.number.Pow;
import dev.camelsiem.lang.function.builtin.number.Sign;
import dev.camelsiem.lang.function.builtin.number.ToFloat;
import dev.camelsiem.lang.function.builtin.number.ToNumber;
import dev.camelsiem.lang.function.builtin.number.ToNumber16;
import dev.camelsiem.lang.function.builtin.number.ToNumber8;
import dev.camelsiem.lang.function.builtin.split.Csv;
import dev.camelsiem.lang.function.builtin.split.KeyValue;
import dev.camelsiem.lang.function.builtin.text.BufferFromBase64;
import dev.camelsiem.lang.function.builtin.text.Decode;
import dev.camelsiem.lang.function.builtin.text.FindSubstr;
import dev.camelsiem.lang.function.builtin.text.HexToString;
import dev.camelsiem.lang.function.builtin.text.Length;
import dev.camelsiem.lang.function.builtin.text.Lower;
import dev.camelsiem.lang.function.builtin.text.Regex;
import dev.camelsiem.lang.function.builtin.text.RegexMatch;
import dev.camelsiem.lang.function.builtin.text.Replace;
import dev.camelsiem.lang.function.builtin.text.Strip;
import dev.camelsiem.lang.function.builtin.text.Substr;
import dev.camelsiem.lang.function.builtin.text.Upper;
import dev.camelsiem.lang.function.builtin.time.DatetimeToEpoch;
import dev.camelsiem.lang.function.builtin.time.DatetimeToEpochMs;
import dev.camelsiem.lang.function.builtin.time.DatetimeToWinTicks;
import dev.camelsiem.lang.function.builtin.time.Day;
import dev.camelsiem.lang.function.builtin.time.EpochMsToDatetime;
import dev.camelsiem.lang.function.builtin.time.EpochToDatetime;
import dev.camelsiem.lang.function.builtin.time.Hour;
import dev.camelsiem.lang.function.builtin.time.MaybeDatetime;
import dev.camelsiem.lang.function.builtin.time.MaybeDuration;
import dev.camelsiem.lang.function.builtin.time.Minute;
import dev.camelsiem.lang.function.builtin.time.Month;
import dev.camelsiem.lang.function.builtin.time.Second;
import dev.camelsiem.lang.function.builtin.time.Timezone;
import dev.camelsiem.lang.function.builtin.time.ToDatetime;
import dev.camelsiem.lang.function.builtin.time.ToDuration;
import dev.camelsiem.lang.function.builtin.time.WinTicksToDatetime;
import dev.camelsiem.lang.function.builtin.time.Year;
import dev.camelsiem.lang.function.builtin.value.Coalesce;
import dev.camelsiem.lang.function.builtin.value.ToBool;
import dev.camelsiem.lang.function.builtin.value.ToText;
import java.util.List;

/** Every built-in function, in alphabetical order of the names. */
public final class BuiltinFunctions {
  public static final List<FunctionSpec> ALL =
      List.of(
          Abs.SPEC,
          Append.SPEC,
          ToBool.SPEC,
          BufferFromBase64.SPEC,
          Ceil.SPEC,
          Coalesce.SPEC,
          Csv.SPEC,
          ToDatetime.SPEC,
          DatetimeToEpoch.SPEC,
          DatetimeToEpochMs.SPEC,
          DatetimeToWinTicks.SPEC,
          Day.SPEC,
          Decode.SPEC,
          Div.SPEC,
          ToDuration.SPEC,
          EpochMsToDatetime.SPEC,
          EpochToDatetime.SPEC,
          FindSubstr.SPEC,
          FlipEndianness16.SPEC,
          FlipEndianness32.SPEC,
          FlipEndianness64.SPEC,
          ToFloat.SPEC,
          Floor.SPEC,
          HexToString.SPEC,
          Hour.SPEC,
          InList.SPEC,
          InSubnet.SPEC,
          ToIpv4.SPEC,
          ToIpv6.SPEC,
          IsList.SPEC,
          Join.SPEC,
          KeyValue.SPEC,
          Length.SPEC,
          Lower.SPEC,
          ToMacaddr.SPEC,
          RegexMatch.SPEC,
          MaybeDatetime.SPEC,
          MaybeDuration.SPEC,
          MaybeFloat.SPEC,
          MaybeIpv4.SPEC,
          MaybeIpv6.SPEC,
          MaybeMacaddr.SPEC,
          MaybeNumber.SPEC,
          MaybeNumber16.SPEC,
          MaybeNumber8.SPEC,
          Minute.SPEC,
          Mod.SPEC,
          Month.SPEC,
          ToNumber.SPEC,
          ToNumber16.SPEC,
          ToNumber8.SPEC,
          Pow.SPEC,
          Regex.SPEC,
          Remove.SPEC,
          Replace.SPEC,
          Second.SPEC,
          Sign.SPEC,
          ToText.SPEC,
          Strip.SPEC,
          Substr.SPEC,
          Timezone.SPEC,
          Upper.SPEC,
          WinTicksToDatetime.SPEC,
          Year.SPEC);

  private BuiltinFunctions() {}
}
