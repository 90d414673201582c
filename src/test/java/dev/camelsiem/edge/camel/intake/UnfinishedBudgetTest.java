package dev.camelsiem.edge.camel.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.camelsiem.edge.camel.intake.UnfinishedBudget.Holding;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnfinishedBudgetTest {
  private static final long LIMIT = 1_000_000;

  private final UnfinishedBudget budget = new UnfinishedBudget(LIMIT);
  private final List<String> told = new ArrayList<>();

  /** Lets go at once when told to, as one on the same thread can. */
  private Holding prompt(String name) {
    Holding[] own = new Holding[1];
    own[0] =
        budget.open(
            bytes -> {
              told.add(name + " " + bytes);
              own[0].close();
            });
    return own[0];
  }

  /** Lets go when it comes round to it. */
  private Holding late(String name) {
    return budget.open(bytes -> told.add(name + " " + bytes));
  }

  @Test
  void theLargestGivesWayAndOnlyIt() {
    Holding small = prompt("small");
    Holding large = prompt("large");
    Holding middle = prompt("middle");
    assertThat(small.hold(1_000)).isTrue();
    assertThat(large.hold(600_000)).isTrue();
    assertThat(middle.hold(300_000)).isTrue();

    assertThat(middle.hold(400_000)).isTrue();

    assertThat(told).containsExactly("large 600000");
    assertThat(budget.heldBytes()).isEqualTo(401_000);
    assertThat(large.hold(1)).as("one that gave way takes no more").isFalse();
    assertThat(budget.gaveWay()).isEqualTo(1);
  }

  @Test
  void theOneThatAsksMayItselfBeTheLargest() {
    Holding other = prompt("other");
    Holding asking = prompt("asking");
    other.hold(500_000);
    asking.hold(450_000);

    assertThat(asking.hold(550_000)).isFalse();

    assertThat(told).containsExactly("asking 550000");
    assertThat(budget.heldBytes()).isEqualTo(500_000);
    assertThat(other.hold(900_000)).isTrue();
  }

  @Test
  void aloneNobodyHoldsMoreThanTheBudget() {
    Holding alone = prompt("alone");
    assertThat(alone.hold(LIMIT)).isTrue();
    assertThat(alone.hold(LIMIT + 1)).isFalse();
    assertThat(budget.heldBytes()).isZero();
  }

  @Test
  void lessIsAlwaysGrantedAndSeveralMayHaveToGo() {
    Holding first = prompt("first");
    Holding second = prompt("second");
    Holding third = prompt("third");
    first.hold(320_000);
    second.hold(310_000);
    third.hold(300_000);
    assertThat(first.hold(319_000)).isTrue();
    Holding large = prompt("large");

    assertThat(large.hold(318_000)).isTrue();
    assertThat(told).containsExactly("first 319000");
    assertThat(large.hold(0)).isTrue();
    assertThat(budget.heldBytes()).isEqualTo(610_000);
    large.close();
    large.close();
    assertThat(budget.heldBytes()).isEqualTo(610_000);
  }

  @Test
  void whileTheLargestAreSlowToGoOnlyLittleIsGranted() {
    Queue<Holding> holders = new ArrayDeque<>();
    for (int i = 0; i < 10; i++) {
      holders.add(late("slow"));
      holders.peek().hold(0);
    }
    holders.forEach(each -> each.hold(100_000));
    int granted = 0;
    for (int i = 0; i < 100; i++) {
      granted += late("asks").hold(90_000) ? 1 : 0;
    }

    assertThat(granted).isPositive();
    assertThat(budget.mostHeldBytes()).isLessThanOrEqualTo(LIMIT * 3 / 2);
    assertThat(late("little").hold(budget.smallBytes())).isTrue();
    assertThat(late("slow")).isNotNull();
    holders.forEach(Holding::close);
    assertThat(late("again").hold(90_000)).isTrue();
  }

  /** Threads as event loops: each has its own holders, and others may tell these to go. */
  @Test
  void manyThreadsStayWithinTheBoundAndLeaveNothingBehind() throws Exception {
    int threads = 4;
    int each = 50;
    AtomicLong refused = new AtomicLong();
    List<Thread> all = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      int seed = t;
      all.add(new Thread(() -> loop(new Random(seed), each, refused)));
    }
    all.forEach(Thread::start);
    for (Thread thread : all) {
      thread.join();
    }

    assertThat(budget.heldBytes()).isZero();
    assertThat(budget.gaveWay()).isPositive();
    assertThat(refused).hasPositiveValue();
    assertThat(budget.mostHeldBytes())
        .isGreaterThan(LIMIT / 2)
        .isLessThanOrEqualTo(LIMIT * 3 / 2 + budget.smallBytes() * threads * each);
  }

  private void loop(Random random, int count, AtomicLong refused) {
    Queue<Integer> tasks = new ConcurrentLinkedQueue<>();
    Holding[] own = new Holding[count];
    for (int i = 0; i < count; i++) {
      own[i] = opened(tasks, i);
    }
    for (int round = 0; round < 20_000; round++) {
      for (Integer task = tasks.poll(); task != null; task = tasks.poll()) {
        own[task].close();
        own[task] = opened(tasks, task);
      }
      int asks = random.nextInt(count);
      if (!own[asks].hold(random.nextInt(4) == 0 ? 0 : random.nextInt(60_000))) {
        refused.incrementAndGet();
      }
    }
    for (Holding holding : own) {
      holding.close();
    }
  }

  private Holding opened(Queue<Integer> tasks, int index) {
    return budget.open(bytes -> tasks.add(index));
  }

  // --- what is complete

  private Holding waiting(String name, long bytes) {
    Holding holding = prompt(name);
    assertThat(holding.hold(bytes)).isTrue();
    assertThat(holding.complete()).isTrue();
    return holding;
  }

  @Test
  void nobodyGivesWayWhereItWouldNotBeEnough() {
    Holding small = prompt("small");
    Holding middle = prompt("middle");
    small.hold(1_000);
    middle.hold(300_000);
    Holding asking = waiting("asking", 400_000);
    asking.turn();

    assertThat(asking.hold(LIMIT + 1)).isFalse();

    assertThat(told).isEmpty();
    assertThat(budget.gaveWay()).isZero();
    assertThat(asking.hold(LIMIT)).as("then both must go").isTrue();
    assertThat(told).containsExactlyInAnyOrder("small 1000", "middle 300000");
  }

  @Test
  void anUnfinishedOneThatGoesItselfSendsNobodyAway() {
    Holding large = prompt("large");
    Holding middle = prompt("middle");
    waiting("complete", 400_000);
    large.hold(200_000);
    middle.hold(190_000);
    Holding asking = prompt("asking");
    asking.hold(10_000);

    assertThat(asking.hold(195_000 + 250_000)).isFalse();

    assertThat(told).containsExactly("asking 445000");
    assertThat(large.hold(200_001)).isTrue();
  }

  @Test
  void whatWaitsHoldsHalfAtMost() {
    Holding first = waiting("first", 300_000);
    Holding second = prompt("second");
    second.hold(300_000);
    assertThat(second.complete()).isFalse();
    second.close();
    Holding third = waiting("third", 200_000);
    first.turn();
    first.turn();
    Holding fourth = waiting("fourth", 300_000);
    assertThat(fourth.hold(100_000)).as("less is always granted").isTrue();
    waiting("fifth", 200_000);
    third.close();
    third.turn();
    waiting("sixth", 200_000);
    assertThat(told).isEmpty();
  }

  private boolean waitsOf(String sender, long bytes) {
    Holding holding = budget.open(sender, gone -> told.add(sender));
    assertThat(holding.hold(bytes)).isTrue();
    boolean waits = holding.complete();
    if (!waits) {
      holding.close();
    }
    return waits;
  }

  /** However many senders fill what may wait: the next one finds as much as each of them has. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 9})
  void senderBySenderAsMuchMayWait(int senders) {
    long part = LIMIT / 2 / (senders + 1);
    for (boolean any = true; any; ) {
      any = false;
      for (int i = 0; i < senders; i++) {
        any |= waitsOf("greedy " + i, 2_000);
      }
    }
    assertThat(budget.heldBytes()).isBetween(senders * (part - 3_000), senders * (part + 3_000));
    assertThat(waitsOf("greedy 0", 2_000)).isFalse();
    assertThat(waitsOf("honest", part - 3_000 * senders / 2)).isTrue();
    assertThat(waitsOf("greedy 0", budget.smallBytes())).as("little").isTrue();
    assertThat(told).isEmpty();
  }

  @Test
  void whatHasItsTurnWaitsNoMoreAndLeavesNothingBehind() {
    Holding first = budget.open("one", gone -> {});
    first.hold(250_000);
    assertThat(first.complete()).isTrue();
    assertThat(waitsOf("one", 100_000)).isFalse();
    first.turn();
    assertThat(waitsOf("one", 250_000)).isTrue();
    assertThat(first.waitAgain()).isFalse();
    first.hold(0);
    assertThat(first.waitAgain()).as("nothing is little").isTrue();
    first.hold(240_000);
    first.close();
    assertThat(waitsOf("other", 250_000)).isTrue();
  }

  @Test
  void whoeverWantsLittleGetsItThoughAllIsComplete() {
    Holding first = waiting("first", 500_000);
    first.turn();
    waiting("second", 500_000);

    List<Holding> little = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      little.add(waiting("little", budget.smallBytes()));
    }
    assertThat(prompt("much").hold(budget.smallBytes() + 1)).isFalse();
    assertThat(told).containsExactly("much " + (budget.smallBytes() + 1));
    little.forEach(Holding::close);
    assertThat(budget.heldBytes()).isEqualTo(LIMIT);
    assertThat(prompt("alone").hold(LIMIT / 2 + 1)).isFalse();
  }

  @Test
  void thereIsAnEndToLittleToo() {
    waiting("first", 500_000).turn();
    waiting("second", 500_000);
    int granted = 0;
    while (late("little").hold(budget.smallBytes())) {
      granted++;
    }
    assertThat(granted).isBetween(500, 520);
    assertThat(budget.heldBytes()).isLessThanOrEqualTo(LIMIT * 3 / 2);
  }

  @Test
  void aBudgetOfNothingIsRefused() {
    assertThatThrownBy(() -> new UnfinishedBudget(0)).hasMessageContaining("0 bytes");
  }
}
