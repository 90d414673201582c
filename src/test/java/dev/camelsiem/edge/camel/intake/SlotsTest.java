package dev.camelsiem.edge.camel.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlotsTest {
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5); // runs over, as it may
  private final Slots slots = new Slots(new ConnectionLimiter(4, 2), nanos::get);
  private final List<String> left = new ArrayList<>();

  private Slots.Slot admit(String name, int address) throws Exception {
    InetAddress from = InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) address});
    return slots.admit(from, () -> left.add(name));
  }

  private void pass(int seconds) {
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
  }

  @Test
  void whileAllAreYoungOneTooManyIsRefused() throws Exception {
    assertThat(admit("a", 1)).isNotNull();
    assertThat(admit("b", 1)).isNotNull();
    assertThat(admit("c", 1)).isNull();
    assertThat(left).isEmpty();
  }

  /** A host chooses the last 64 bits of its IPv6 address as often as it likes. */
  @ParameterizedTest
  @CsvSource({
    "2001:db8::1, 2001:db8::2, true",
    "2001:db8::1, 2001:db8::ffff:ffff:ffff:ffff, true",
    "2001:db8::1, 2001:db8:0:1::1, false",
    "fe80::1, fe80::2, true",
    "192.0.2.1, 192.0.2.2, false",
    "192.0.2.1, ::ffff:192.0.2.1, true",
  })
  void anIpv6NetworkIsOneAddress(String one, String other, boolean same) throws Exception {
    for (String each : List.of(one, other, other)) {
      boolean isFull = same && slots.taken() == 2;
      assertThat(slots.admit(InetAddress.getByName(each), () -> {}) == null).isEqualTo(isFull);
    }
    assertThat(
            Senders.of(InetAddress.getByName(one)).equals(Senders.of(InetAddress.getByName(other))))
        .isEqualTo(same);
  }

  @Test
  void theIdlestOfTheSameAddressGivesWay() throws Exception {
    Slots.Slot stranger = admit("stranger", 2);
    Slots.Slot first = admit("first", 1);
    admit("second", 1);
    pass(2);
    first.touch();
    assertThat(admit("third", 1)).isNotNull();
    assertThat(left).containsExactly("second");
    assertThat(admit("fourth", 1)).as("both are young").isNull();
    assertThat(stranger).isNotNull();
    assertThat(slots.taken()).isEqualTo(3);
    assertThat(slots.gaveWay()).isEqualTo(1);
  }

  @Test
  void aNewAddressIsMadeRoomForByTheIdlestOfAll() throws Exception {
    admit("a", 1);
    admit("b", 1);
    admit("c", 2);
    admit("d", 2);
    pass(2);
    assertThat(admit("e", 3)).isNotNull();
    assertThat(left).containsExactly("a");
    assertThat(slots.taken()).isEqualTo(4);
  }

  /** Whoever has few idle ones keeps them: the many of another give way. */
  @Test
  void whenAllPlacesAreTakenTheAddressWithTheMostGivesWay() throws Exception {
    Slots few = new Slots(new ConnectionLimiter(4, 3), nanos::get);
    InetAddress honest = InetAddress.getLoopbackAddress();
    InetAddress greedy = InetAddress.getByAddress(new byte[] {127, 0, 0, 2});
    few.admit(honest, () -> left.add("honest"));
    pass(2);
    for (int i = 0; i < 3; i++) {
      int number = i;
      few.admit(greedy, () -> left.add("greedy " + number));
    }
    pass(2);
    assertThat(few.admit(honest, () -> left.add("new"))).isNotNull();
    assertThat(left).containsExactly("greedy 0");
  }

  /** Lines of noise every moment keep neither a newcomer out nor send a quiet one away. */
  @Test
  void anAddressWithFarMoreGivesWayEvenWhenAllOfItAreBusy() throws Exception {
    Slots many = new Slots(new ConnectionLimiter(9, 8), nanos::get);
    InetAddress greedy = InetAddress.getByAddress(new byte[] {127, 0, 0, 2});
    many.admit(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), () -> left.add("quiet"));
    List<Slots.Slot> busy = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      int number = i;
      busy.add(many.admit(greedy, () -> left.add("busy " + number)));
    }
    InetAddress newcomer = InetAddress.getByAddress(new byte[] {127, 0, 0, 3});
    assertThat(many.admit(newcomer, () -> left.add("new"))).as("all are new").isNull();
    pass(1);
    busy.forEach(Slots.Slot::touch);
    assertThat(many.admit(newcomer, () -> left.add("new"))).isNotNull();
    assertThat(left).containsExactly("busy 0");
  }

  /** Else many newcomers would take a relay's connections one by one. */
  @Test
  void anAddressKeepsAQuarterOfWhatItMayHaveWhileItIsBusy() throws Exception {
    Slots many = new Slots(new ConnectionLimiter(8, 40), nanos::get);
    InetAddress relay = InetAddress.getByAddress(new byte[] {127, 0, 0, 2});
    List<Slots.Slot> busy = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      busy.add(many.admit(relay, () -> left.add("busy")));
    }
    pass(1);
    busy.forEach(Slots.Slot::touch);
    InetAddress newcomer = InetAddress.getByAddress(new byte[] {127, 0, 0, 3});
    assertThat(many.admit(newcomer, () -> left.add("new"))).isNull();
    assertThat(left).isEmpty();
  }

  @Test
  void anAddressThatHasItsFillSendsNoStrangersAway() throws Exception {
    admit("stranger", 2);
    admit("other", 3);
    pass(2);
    admit("a", 1);
    admit("b", 1);
    assertThat(admit("c", 1)).isNull();
    assertThat(left).isEmpty();
    assertThat(admit("new", 4)).as("but all may").isNotNull();
    assertThat(left).containsExactly("stranger");
  }

  @Test
  void whatIsWorkedOnStays() throws Exception {
    Slots.Slot first = admit("first", 1);
    Slots.Slot second = admit("second", 1);
    first.work();
    second.work();
    second.work();
    second.done();
    pass(100);
    assertThat(admit("third", 1)).isNull();
    first.done();
    assertThat(admit("third", 1)).as("it has just got something done").isNull();
    pass(2);
    assertThat(admit("third", 1)).isNotNull();
    assertThat(left).containsExactly("first");
  }

  @Test
  void whoeverHasLeftCountsOnceAndComesBackByNothing() throws Exception {
    Slots.Slot first = admit("first", 1);
    Slots.Slot second = admit("second", 1);
    pass(2);
    admit("third", 1);
    first.close();
    first.touch();
    first.work();
    first.done();
    second.close();
    second.close();
    assertThat(slots.taken()).isEqualTo(1);
    assertThat(admit("fourth", 1)).isNotNull();
    assertThat(admit("fifth", 1)).isNull();
  }
}
