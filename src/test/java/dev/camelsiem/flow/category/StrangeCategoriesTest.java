package dev.camelsiem.flow.category;

import static org.assertj.core.api.Assertions.assertThat;

import dev.camelsiem.flow.event.EncodedBatch;
import dev.camelsiem.flow.event.EventFacts;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StrangeCategoriesTest {
  private final StrangeCategories strange =
      new StrangeCategories(MappingsInForce.load(null).catalogue());

  @Test
  void eachIsFoundOnce() {
    assertThat(strange.newIn(batch("API", "MINE", "MINE", null, "YOURS", "MINE")))
        .containsExactly("MINE", "YOURS");
    assertThat(strange.newIn(batch("YOURS", "THEIRS"))).containsExactly("THEIRS");
    assertThat(strange.newIn(batch("MINE", "api"))).containsExactly("api");
  }

  @Test
  void aFloodOfThemIsNotRemembered() {
    int found = 0;
    for (int i = 0; i < 1_000; i++) {
      found += strange.newIn(batch("MINE" + i)).size();
    }
    assertThat(found).isEqualTo(100);
  }

  @Test
  void anIdWithoutCategoryIsFoundOnce() {
    assertThat(strange.newIdsIn(batch("API", "MINE"))).isEmpty();
    assertThat(strange.newIdsIn(batch(null, "MINE", null))).containsExactly("X-1");
    assertThat(strange.newIdsIn(batch((String) null))).isEmpty();
    assertThat(strange.isNewId(new EventFacts("X-2", "X", 3, null, null, null))).isTrue();
    assertThat(strange.isNewId(new EventFacts("X-2", "X", 4, null, null, null))).isFalse();
    assertThat(strange.isNewId(new EventFacts("X-3", "X", 3, null, "FILES", null))).isFalse();
  }

  private static EncodedBatch batch(@Nullable String... categories) {
    EncodedBatch.Builder batch = new EncodedBatch.Builder(16);
    for (String category : categories) {
      EventFacts facts = new EventFacts("X-1", "X", 3, category, null, null);
      batch.add(new byte[] {'x'}, 0, 1, facts, null);
    }
    batch.add(new byte[] {'x'}, 0, 1, null, null);
    return batch.build();
  }
}
