package dev.camelsiem.lang.function.builtin.net;

import static dev.camelsiem.lang.function.FunctionType.IP;

import dev.camelsiem.lang.function.FunctionSpec;

/** {@code maybe_ipv6}: a text as IPv6 address. */
public final class MaybeIpv6 {
  public static final FunctionSpec SPEC =
      FunctionSpec.named("maybe_ipv6")
          .area("net")
          .summary("Converts a text to an IPv6 address; the same as ipv6.")
          .param("text", IP, "The text, or an address of either family.")
          .returns(IP, "The address, which keeps its spelling.")
          .nulls("Null for null and for what is no address of this family.")
          .example("maybe_ipv6(\"fe80::1\")", "\"fe80::1\"")
          .example("maybe_ipv6(\"10.0.0.1\")", "null")
          .cost(4)
          .body1((budget, value) -> Addresses.ofFamily(value, true))
          .build();

  private MaybeIpv6() {}
}
