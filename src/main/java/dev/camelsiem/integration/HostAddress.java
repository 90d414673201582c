package dev.camelsiem.integration;

import java.net.InetAddress;
import java.net.UnknownHostException;
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
    if (labels.stream().allMatch(HostAddress::isNumeric)) {
      return isIpv4(labels) ? null : "only digits and dots: four numbers from 0 to 255";
    }
    return nameProblem(address, labels);
  }

  private static @Nullable String ipv6Problem(String address) {
    int firstColon = address.indexOf(':');
    if (firstColon == address.lastIndexOf(':')) {
      return "leave out the port: `port` says it";
    }
    boolean plain =
        address
            .chars()
            .allMatch(c -> c == ':' || c == '.' || (c < 0x80 && Character.digit(c, 16) >= 0));
    if (plain) {
      try {
        InetAddress.getByName(address); // a literal: nothing is looked up
        return null;
      } catch (UnknownHostException e) {
        return "not an IPv6 address";
      }
    }
    return address.indexOf('%') >= 0 ? "leave out the zone" : "not an IPv6 address";
  }

  private static boolean isIpv4(List<String> labels) {
    return labels.size() == 4 && labels.stream().allMatch(HostAddress::isOctet);
  }

  private static boolean isOctet(String label) {
    return label.length() <= 3
        && (label.length() == 1 || label.charAt(0) != '0')
        && Integer.parseInt(label) <= 255;
  }

  private static boolean isNumeric(String label) {
    return !label.isEmpty() && label.chars().allMatch(c -> c >= '0' && c <= '9');
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
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
  }
}
