package dev.camelsiem.edge.camel.syslog.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Turns are counted: nothing here takes time. */
class TurnsTest {
  private static final int BATCH = 500;
  private static final int AT_A_TIME = 64;

  private final Turns turns = new Turns(BATCH);
  private final List<Waiter> called = new ArrayList<>();

  /** However many connections came before it, at most one of each address comes before it. */
  @ParameterizedTest
  @CsvSource({"10000, 1", "10000, 112", "10000, 5000", "64, 1", "3, 3"})
  void thoseOfOtherAddressesHaveOneTurnEachBeforeTheOneThatWaits(int connections, int addresses) {
    for (int i = 0; i < connections; i++) {
      turns.await(new Waiter(1 + i % addresses), false);
    }
    Waiter honest = new Waiter(0);
    turns.await(honest, false);
    while (!called.contains(honest)) {
      oneMore();
    }
    assertThat(called.indexOf(honest)).isEqualTo(Math.min(addresses, connections));
  }

  /** It comes when some have their turns already: those, and one of each address. */
  @ParameterizedTest
  @ValueSource(ints = {1, 5, 112})
  void whoComesLateIsNoWorseOff(int addresses) {
    for (int i = 0; i < 10_000; i++) {
      turns.await(new Waiter(1 + i % addresses), false);
    }
    turns.goOn(() -> false);
    assertThat(called).hasSize(AT_A_TIME);
    Waiter honest = new Waiter(0);
    turns.await(honest, false);
    for (int over = 0; !called.contains(honest); over++) {
      turns.over(called.get(over), true);
      turns.goOn(() -> false);
    }
    assertThat(called.indexOf(honest)).isLessThanOrEqualTo(AT_A_TIME + addresses);
  }

  @Test
  void connectionsOfAnAddressKeepTheirOrder() {
    List<Waiter> all = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      all.add(new Waiter(1));
      turns.await(all.get(i), false);
    }
    while (turns.waiting() > 0) {
      oneMore();
    }
    assertThat(called).isEqualTo(all);
  }

  /** Ten thousand that go on at once keep a network thread from all others. */
  @Test
  void someGoOnAtATimeAndEachThatIsDoneLetsOneMoreGo() {
    for (int i = 0; i < 10_000; i++) {
      turns.await(new Waiter(i % 100), false);
    }
    for (int over = 0; over < 9_000; over++) {
      turns.goOn(() -> false);
      assertThat(called).hasSize(AT_A_TIME + over);
      turns.over(called.get(over), true);
    }
    turns.goOn(() -> true);
    assertThat(called).as("nobody when there is no room").hasSize(AT_A_TIME + 9_000 - 1);
  }

  /** Many with little leave the batch to the one with much. */
  @Test
  void theShareIsOfThoseWhoUseItUp() {
    for (int i = 0; i < 10_000; i++) {
      turns.await(new Waiter(1 + i % 112), false);
    }
    Waiter honest = new Waiter(0);
    honest.usedUp = true;
    turns.await(honest, false);
    for (int i = 0; i < 500; i++) {
      oneMore();
    }
    assertThat(honest.share).isEqualTo(BATCH);

    List<Waiter> greedy = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      Waiter each = new Waiter(1_000 + i);
      each.usedUp = true;
      greedy.add(each);
      turns.await(each, false);
    }
    turns.await(honest, false);
    assertThat(turns.share()).isEqualTo(BATCH / 10);
    while (greedy.stream().anyMatch(each -> each.share == 0)) {
      oneMore();
    }
    assertThat(turns.share()).as("they have had it, and wait no more").isEqualTo(BATCH);
  }

  /** The greedy of one address count one by one, and no share is smaller than a 64th. */
  @ParameterizedTest
  @CsvSource({"1, 500", "2, 250", "64, 7", "1000, 7"})
  void theGreedyOfOneAddressShareToo(int connections, int share) {
    for (int i = 0; i < connections; i++) {
      Waiter each = new Waiter(1);
      each.usedUp = true;
      turns.await(each, false);
    }
    assertThat(turns.share()).isEqualTo(share);
    oneMore();
    assertThat(called.get(0).share).isEqualTo(share);
  }

  /**
   * Large events fill the queue before a share is used up: who finds no room has more all the same.
   */
  @Test
  void whoFindsNoRoomInItsTurnCountsAsOneThatHasMuch() {
    List<Waiter> all = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      all.add(new Waiter(1));
      turns.await(all.get(i), false);
    }
    turns.goOn(() -> false);
    assertThat(called).extracting(each -> each.share).containsOnly(BATCH);
    for (Waiter each : List.copyOf(called)) {
      each.given = true;
      turns.await(each, true);
      turns.over(each, true);
    }
    assertThat(turns.share()).isEqualTo(BATCH / AT_A_TIME);
    turns.goOn(() -> false);
    assertThat(called.subList(AT_A_TIME, 2 * AT_A_TIME))
        .isEqualTo(called.subList(0, AT_A_TIME))
        .extracting(each -> each.share)
        .containsOnly(BATCH / AT_A_TIME);
  }

  /** Half an event finds no room either, and proves nothing of how much there is behind it. */
  @Test
  void whoGivesNothingInItsTurnTakesNothingFromOthers() {
    for (int i = 0; i < 100; i++) {
      turns.await(new Waiter(1 + i % 3), false);
    }
    turns.goOn(() -> false);
    for (Waiter each : List.copyOf(called)) {
      turns.await(each, true);
      turns.over(each, false);
    }
    assertThat(turns.share()).isEqualTo(BATCH);
  }

  /** What is known of an address is forgotten with its last connection. */
  @Test
  void nothingIsLeftOfThoseThatAreGone() {
    List<Waiter> all = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      Waiter each = new Waiter(i % 50);
      each.usedUp = i % 2 == 0;
      all.add(each);
      turns.await(each, i % 3 == 0);
    }
    for (int i = 0; i < 100; i++) {
      oneMore();
    }
    all.forEach(turns::forget);
    assertThat(turns.waiting()).isZero();
    assertThat(turns.anyWait()).isFalse();
    assertThat(turns.anyUnderWay()).isFalse();
    assertThat(turns.isCrowded()).isFalse();
    assertThat(turns.share()).isEqualTo(BATCH);
  }

  /** No memory for a task, say. */
  @Test
  void whoCannotBeCalledComesFirstTheNextTime() {
    Waiter broken = new Waiter(1);
    broken.failure = new IllegalStateException("for a test");
    turns.await(broken, false);
    Waiter next = new Waiter(2);
    turns.await(next, false);
    assertThatThrownBy(() -> turns.goOn(() -> false)).isSameAs(broken.failure);
    assertThat(turns.waiting()).isEqualTo(2);
    assertThat(turns.anyUnderWay()).isFalse();
    broken.failure = null;
    turns.goOn(() -> false);
    assertThat(called).containsExactly(broken, next);
  }

  /** As a UDP socket does. */
  @Test
  void aTurnMayBeOverBeforeItsCallIs() {
    for (int i = 0; i < 200; i++) {
      Waiter each = new Waiter(i);
      each.atOnce = true;
      turns.await(each, false);
    }
    turns.goOn(() -> false);
    assertThat(called).hasSize(200);
    assertThat(turns.anyUnderWay()).isFalse();
  }

  /** The next one that may go on does, and has its turn. */
  private void oneMore() {
    int before = called.size();
    turns.goOn(() -> called.size() > before);
    turns.over(called.get(before), true);
  }

  private final class Waiter implements BatchQueue.Reader {
    private final InetAddress sender;
    private boolean usedUp;
    private boolean given;
    private boolean atOnce;
    private int share;
    private RuntimeException failure;

    Waiter(int address) {
      try {
        byte[] bytes = {127, 1, (byte) (address >> 8), (byte) address};
        sender = InetAddress.getByAddress(bytes);
      } catch (UnknownHostException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public InetAddress sender() {
      return sender;
    }

    @Override
    public boolean usedUp() {
      return usedUp;
    }

    @Override
    public boolean hasGiven() {
      return given;
    }

    @Override
    public void pause() {
      throw new IllegalStateException("nobody asks for that");
    }

    @Override
    public void resume(int part) {
      if (failure != null) {
        throw failure;
      }
      share = part;
      called.add(this);
      if (atOnce) {
        turns.over(this, false);
        turns.goOn(() -> false);
      }
    }
  }
}
