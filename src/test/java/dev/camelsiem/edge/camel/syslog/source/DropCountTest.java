package dev.camelsiem.edge.camel.syslog.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DropCountTest {
  @Test
  void theKernelsCountBeginsAnewWithEachSocketAndOursGoesOn() {
    DropCount drops = new DropCount();
    assertThat(drops.total()).isEqualTo(KernelDrops.UNKNOWN);
    drops.begin(3);
    assertThat(drops.total()).isZero();
    assertThat(drops.note(10)).isEqualTo(7);
    assertThat(drops.note(KernelDrops.UNKNOWN)).isZero();
    assertThat(drops.total()).isEqualTo(7);
    drops.begin(0);
    assertThat(drops.note(2)).isEqualTo(2);
    assertThat(drops.note(2)).isZero();
    assertThat(drops.total()).isEqualTo(9);
  }

  @Test
  void anotherSocketOfThePortThatGoesTakesNothingAway() {
    DropCount drops = new DropCount();
    drops.begin(0);
    assertThat(drops.note(10)).isEqualTo(10);
    assertThat(drops.note(4)).isZero();
    assertThat(drops.note(5)).isEqualTo(1);
    assertThat(drops.total()).isEqualTo(11);
  }

  @Test
  void whereTheKernelNeverTellsNothingIsKnown() {
    DropCount drops = new DropCount();
    drops.begin(KernelDrops.UNKNOWN);
    assertThat(drops.note(KernelDrops.UNKNOWN)).isZero();
    assertThat(drops.total()).isEqualTo(KernelDrops.UNKNOWN);
  }
}
