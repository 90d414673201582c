package dev.camelsiem.integration;

import dev.camelsiem.net.IpAddress;
import dev.camelsiem.text.Ascii;
import dev.camelsiem.text.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The form of an address: IPv4, IPv6 without brackets, or a host name after RFC 1123. */
final class HostAddress {
  private static final int LONGEST_NAME = 253;
  private static final int LONGEST_LABEL = 63;

  private HostAddress() {}

  /** What is wrong with the form, as a hint for people; null when it is right. */
  static @Nullable String problem(String address) {
    if (address.contains("://")) {
      return "leave out the scheme: `protocol` says it";
    }
    if (address.indexOf('/') >= 0) {
      return "no path belongs here";
    }
    if (address.startsWith("[")) {
      return "write an IPv6 address without brackets";
    }
    if (address.indexOf(':') >= 0) {
      return ipv6Problem(address);
    }
    List<String> labels = List.of(address.split("\\.", -1));
    if (labels.stream().allMatch(Ascii::isDigits)) {
      return isIpv4(address, labels) ? null : "only digits and dots: four numbers from 0 to 255";
    }
    return nameProblem(address, labels);
  }

  private static @Nullable String ipv6Problem(String address) {
    int firstColon = address.indexOf(':');
    if (firstColon == address.lastIndexOf(':')) {
      return "leave out the port: `port` says it";
    }
    if (address.indexOf('%') >= 0) {
      return "leave out the zone";
    }
    return IpAddress.parseV6(Text.of(address)) == null ? "not an IPv6 address" : null;
  }

  /** Four numbers without zeros in front, which some read as octal. */
  private static boolean isIpv4(String address, List<String> labels) {
    return IpAddress.parseV4(Text.of(address)) != null
        && labels.stream().noneMatch(label -> label.length() > 1 && label.startsWith("0"));
  }

  private static @Nullable String nameProblem(String address, List<String> labels) {
    if (address.length() > LONGEST_NAME) {
      return "a host name has at most 253 characters";
    }
    for (String label : labels) {
      if (label.isEmpty()) {
        return "two dots in a row, or a dot at an end";
      }
      if (label.length() > LONGEST_LABEL) {
        return "a part between dots has at most 63 characters";
      }
      if (label.startsWith("-") || label.endsWith("-")) {
        return "a part between dots neither begins nor ends with a hyphen";
      }
      if (!label.chars().allMatch(HostAddress::isNameCharacter)) {
        return label.chars().anyMatch(c -> c >= 0x80)
            ? "write an international name as punycode (xn--...)"
            : "a host name holds only letters, digits, hyphens and dots";
      }
    }
    return null;
  }

  private static boolean isNameCharacter(int c) {
    return Ascii.isAlphanumeric(c) || c == '-';
  }
}
