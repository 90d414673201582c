package dev.camelsiem;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.camelsiem.json.JsonFactories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The plan of the house: floors, Camel only at the edge, no cycles. */
@AnalyzeClasses(packages = "dev.camelsiem", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String[] GROUND = {
    "dev.camelsiem.text..", "dev.camelsiem.time..", "dev.camelsiem.net..", "dev.camelsiem.json.."
  };

  @ArchTest
  static final ArchRule camelStaysAtTheEdge =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.camelsiem.edge..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.camel..");

  @ArchTest
  static final ArchRule theWireIsKnownByTheEdgeAndTheTransports =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "dev.camelsiem.edge..", "dev.camelsiem.delivery.wire..", "dev.camelsiem.tls..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.netty..", "org.apache.kafka..", "com.teragrep..");

  @ArchTest
  static final ArchRule floors =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .withOptionalLayers(true)
          .layer("lang")
          .definedBy("dev.camelsiem.lang..")
          .layer("content")
          .definedBy("dev.camelsiem.content..")
          .layer("flow")
          .definedBy("dev.camelsiem.flow..")
          .layer("check")
          .definedBy("dev.camelsiem.check..")
          .layer("integration")
          .definedBy("dev.camelsiem.integration..")
          .layer("durable")
          .definedBy("dev.camelsiem.durable..")
          .layer("supervise")
          .definedBy("dev.camelsiem.supervise..")
          .layer("tls")
          .definedBy("dev.camelsiem.tls..")
          .layer("letters")
          .definedBy("dev.camelsiem.letters..")
          .layer("delivery")
          .definedBy("dev.camelsiem.delivery..")
          .layer("edge")
          .definedBy("dev.camelsiem.edge..")
          .whereLayer("edge")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("delivery")
          .mayOnlyBeAccessedByLayers("edge")
          .whereLayer("letters")
          .mayOnlyBeAccessedByLayers("edge")
          .whereLayer("durable")
          .mayOnlyBeAccessedByLayers("delivery", "letters", "edge")
          .whereLayer("supervise")
          .mayOnlyBeAccessedByLayers("delivery", "letters", "edge")
          .whereLayer("tls")
          .mayOnlyBeAccessedByLayers("delivery", "edge")
          .whereLayer("integration")
          .mayOnlyBeAccessedByLayers("delivery", "edge")
          .whereLayer("check")
          .mayOnlyBeAccessedByLayers("edge")
          .whereLayer("flow")
          .mayOnlyBeAccessedByLayers("check", "integration", "delivery", "letters", "edge")
          .whereLayer("content")
          .mayOnlyBeAccessedByLayers("flow", "check", "integration", "edge");

  /** What bytes, dates, addresses and JSON are is known below everything, once. */
  @ArchTest
  static final ArchRule theGroundKnowsNoFloor =
      classes()
          .that()
          .resideInAnyPackage(GROUND)
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(GROUND).or(resideOutsideOfPackage("dev.camelsiem..")));

  /** Who reads a name need not look where it comes from. */
  @ArchTest
  static void aSimpleNameStandsForOneClass(JavaClasses all) {
    Map<String, List<String>> bySimpleName =
        all.stream()
            .filter(each -> each.getEnclosingClass().isEmpty())
            .filter(each -> !each.getSimpleName().equals("package-info"))
            .collect(groupingBy(JavaClass::getSimpleName, mapping(JavaClass::getName, toList())));
    bySimpleName.values().removeIf(names -> names.size() == 1);
    assertThat(bySimpleName).isEmpty();
  }

  /** What is longer does more than one thing. */
  @Test
  void noSourceOfDeliveryIsLongerThan300Lines() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java/dev/camelsiem/delivery"))) {
      for (Path each : files.filter(file -> file.toString().endsWith(".java")).toList()) {
        assertThat(Files.readAllLines(each)).as("%s", each).hasSizeLessThanOrEqualTo(300);
      }
    }
  }

  @ArchTest
  static final ArchRule noCycles =
      slices().matching("dev.camelsiem.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule nobodyPrintsButTheEdge =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.camelsiem.edge..")
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");

  /** A factory keeps names that its parsers meet: whoever makes one must know whose they are. */
  @ArchTest
  static final ArchRule factoriesOfJsonComeFromOnePlace =
      noClasses()
          .that()
          .areNotAssignableTo(JsonFactories.class)
          .should()
          .callConstructor(JsonFactory.class)
          .orShould()
          .callMethod(JsonFactory.class, "builder")
          .orShould()
          .callConstructor(JsonFactoryBuilder.class)
          .orShould()
          .callConstructor(ObjectMapper.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(JsonMapper.class);

  @ArchTest
  static final ArchRule regularExpressionsAreLinear =
      classes()
          .should()
          .onlyDependOnClassesThat(
              com.tngtech.archunit.base.DescribedPredicate.not(
                  JavaClass.Predicates.type(java.util.regex.Pattern.class)));
}
