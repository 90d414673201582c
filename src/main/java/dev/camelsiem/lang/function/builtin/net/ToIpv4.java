package dev.camelsiem.lang.function.builtin.net;

import static dev.camelsiem.lang.function.FunctionType.IP;

import dev.camelsiem.lang.function.FunctionSpec;

/** {@code ipv4}: a text as IPv4 address. */
public final class ToIpv4 {
  public static final FunctionSpec SPEC =
      FunctionSpec.named("ipv4")
          .area("net")
          .summary("Converts a text to an IPv4 address.")
          .param("text", IP, "The text, or an address of either family.")
          .returns(IP, "The address, which keeps its spelling.")
          .nulls("Null for null and for what is no address of this family.")
          .example("ipv4(\"10.0.0.1\")", "\"10.0.0.1\"")
          .example("ipv4(\"10.0.0.256\")", "null")
          .body1((budget, value) -> Addresses.ofFamily(value, false))
          .build();

  private ToIpv4() {}
}
