package dev.camelsiem.flow.category;

import static org.assertj.core.api.Assertions.assertThat;

import dev.camelsiem.flow.cef.mapping.CefMappings;
import dev.camelsiem.flow.event.EventFacts;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.WithNull;
import org.jspecify.annotations.Nullable;

/** The routing rule of kcs-cef 6.4, compared with its text for all combinations. */
class SubscriptionTest {
  private static final Catalogue SHIPPED =
      Catalogue.of(CefMappings.loadAll(CefMappings.CONTAINER_SECURITY));

  /** The four categories of the advanced licence are named by kcs-cef 3. */
  private static final Set<String> FREE =
      Set.of("ADMINISTRATION", "DETECTION", "CI_CD", "POLICIES", "API");

  private static final Set<String> ADVANCED =
      Set.of("RESOURCES", "SCANNERS", "ADMISSION_CONTROLLER", "CONTAINER_EVENTS");

  private static final List<String> TYPES = List.of("PROCESSES", "FILES", "NETWORK", "FTP");

  @Property
  void theRuleIsTheOneOfTheSpecification(
      @ForAll boolean enabled,
      @ForAll("categories") Set<String> categories,
      @ForAll("types") Set<String> types,
      @ForAll boolean linked,
      @ForAll @IntRange(max = 10) int minSeverity,
      @ForAll LicenceLevel licence,
      @ForAll @IntRange(max = 10) int severity,
      @ForAll("category") @WithNull @Nullable String of,
      @ForAll("type") @WithNull @Nullable String runtime) {
    Subscription subscription =
        Subscription.of(
            enabled,
            categories,
            types,
            linked ? Set.of("G") : Set.of("H"),
            minSeverity,
            licence,
            SHIPPED);
    boolean advanced = licence == LicenceLevel.ADVANCED;
    boolean byCategory = of != null && categories.contains(of) && (advanced || FREE.contains(of));
    boolean byRuntime = runtime != null && types.contains(runtime) && linked && advanced;
    assertThat(subscription.wants(new EventFacts("X-001", "X", severity, of, runtime, "G")))
        .isEqualTo(enabled && severity >= minSeverity && (byCategory || byRuntime));
  }

  @Provide
  Arbitrary<String> category() {
    return Arbitraries.of(
        Stream.concat(FREE.stream(), ADVANCED.stream()).sorted().toArray(String[]::new));
  }

  @Provide
  Arbitrary<Set<String>> categories() {
    return category().set();
  }

  @Provide
  Arbitrary<String> type() {
    return Arbitraries.of(TYPES);
  }

  @Provide
  Arbitrary<Set<String>> types() {
    return type().set();
  }
}
