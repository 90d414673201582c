package dev.camelsiem.flow.category;

import static org.assertj.core.api.Assertions.assertThat;

import dev.camelsiem.flow.event.EventFacts;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.WithNull;
import org.jspecify.annotations.Nullable;

/** The routing rule of kcs-cef 6.4, compared with its text for all combinations. */
class SubscriptionTest {
  @Property
  void theRuleIsTheOneOfTheSpecification(
      @ForAll boolean enabled,
      @ForAll Set<ExportCategory> categories,
      @ForAll Set<RuntimeEventType> types,
      @ForAll boolean linked,
      @ForAll @IntRange(max = 10) int minSeverity,
      @ForAll LicenceLevel licence,
      @ForAll @IntRange(max = 10) int severity,
      @ForAll @WithNull @Nullable ExportCategory of,
      @ForAll @WithNull @Nullable RuntimeEventType runtime) {
    Subscription subscription =
        new Subscription(
            enabled, categories, types, linked ? Set.of("G") : Set.of("H"), minSeverity, licence);
    boolean advanced = licence == LicenceLevel.ADVANCED;
    boolean byCategory = of != null && categories.contains(of) && (advanced || isFree(of));
    boolean byRuntime = runtime != null && types.contains(runtime) && linked && advanced;
    assertThat(
            subscription.wants(new EventFacts("X-001", "X", severity, key(of), key(runtime), "G")))
        .isEqualTo(enabled && severity >= minSeverity && (byCategory || byRuntime));
  }

  /** The four categories of the advanced licence are named by kcs-cef 3. */
  private static boolean isFree(ExportCategory category) {
    return switch (category) {
      case ADMINISTRATION, DETECTION, CI_CD, POLICIES, API -> true;
      case RESOURCES, SCANNERS, ADMISSION_CONTROLLER, CONTAINER_EVENTS -> false;
    };
  }

  private static @Nullable String key(@Nullable Enum<?> constant) {
    return constant == null ? null : constant.name();
  }
}
