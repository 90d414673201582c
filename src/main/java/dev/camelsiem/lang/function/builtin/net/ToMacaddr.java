package dev.camelsiem.lang.function.builtin.net;

import static dev.camelsiem.lang.function.FunctionType.MAC;

import dev.camelsiem.lang.function.FunctionSpec;
import dev.camelsiem.lang.value.Convert;

/** {@code macaddr}: a text as MAC address. */
public final class ToMacaddr {
  public static final FunctionSpec SPEC =
      FunctionSpec.named("macaddr")
          .area("net")
          .summary("Converts a text to a MAC address.")
          .param("text", MAC, "The text: aa:bb:cc:dd:ee:ff, aa-bb-cc-dd-ee-ff or aabb.ccdd.eeff.")
          .returns(MAC, "The address, printed AA:BB:CC:DD:EE:FF.")
          .nulls("Null for null and for what is no such address.")
          .example("macaddr(\"00-1b-44-11-3a-b7\")", "\"00:1B:44:11:3A:B7\"")
          .example("macaddr(\"00:1b:44\")", "null")
          .body1((budget, value) -> Convert.mac(value))
          .build();

  private ToMacaddr() {}
}
