package dev.camelsiem.lang.function.builtin.net;

import static dev.camelsiem.lang.function.FunctionType.BOOL;
import static dev.camelsiem.lang.function.FunctionType.IP;
import static dev.camelsiem.lang.function.FunctionType.TEXT;

import dev.camelsiem.lang.function.Arguments;
import dev.camelsiem.lang.function.Body;
import dev.camelsiem.lang.function.FunctionSpec;
import dev.camelsiem.lang.value.Budget;
import dev.camelsiem.lang.value.Convert;
import dev.camelsiem.net.IpAddress;
import dev.camelsiem.text.Text;
import org.jspecify.annotations.Nullable;

/** {@code in_subnet}: whether an address belongs to a net. */
public final class InSubnet {
  public static final FunctionSpec SPEC =
      FunctionSpec.named("in_subnet")
          .area("net")
          .summary("Tells whether an address belongs to a net.")
          .param("ip", IP, "The address, or its text.")
          .param("net", TEXT, "The net as address/bits, IPv4 or IPv6.")
          .returns(BOOL, "True when it does; False for an address of the other family.")
          .nulls("False for null and for what is no address or no net.")
          .example("in_subnet(\"10.1.2.3\", \"10.0.0.0/8\")", "True")
          .example("in_subnet(\"unknown\", \"10.0.0.0/8\")", "False")
          .cost(4)
          .check(InSubnet::check)
          .prepare(InSubnet::prepare)
          .body2(InSubnet::apply)
          .build();

  private InSubnet() {}

  private static boolean apply(Budget budget, @Nullable Object value, @Nullable Object text) {
    Net net = text instanceof Text t ? Net.parse(t) : null;
    return net != null && contains(net, value);
  }

  private static boolean contains(Net net, @Nullable Object value) {
    IpAddress ip = Convert.ip(value);
    return ip != null && net.contains(ip);
  }

  private static FunctionSpec.@Nullable Complaint check(Arguments arguments) {
    if (!arguments.isConstant(1)
        || (arguments.value(1) instanceof Text text && Net.parse(text) != null)) {
      return null;
    }
    return new FunctionSpec.Complaint(
        1, "the net is not an address with a number of bits", "write it as \"10.0.0.0/8\"");
  }

  private static @Nullable Body prepare(Arguments arguments) {
    if (!arguments.isConstant(1) || !(arguments.value(1) instanceof Text text)) {
      return null;
    }
    Net net = Net.parse(text);
    return net == null ? null : (Body.Body2) (budget, value, same) -> contains(net, value);
  }
}
