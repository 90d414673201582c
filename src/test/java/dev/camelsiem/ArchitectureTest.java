package dev.camelsiem;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The plan of the house: floors, Camel only at the edge, no cycles. */
@AnalyzeClasses(packages = "dev.camelsiem", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
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
          .resideOutsideOfPackages("dev.camelsiem.edge..", "dev.camelsiem.delivery.wire..")
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
          .layer("edge")
          .definedBy("dev.camelsiem.edge..")
          .whereLayer("edge")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("integration")
          .mayOnlyBeAccessedByLayers("edge")
          .whereLayer("check")
          .mayOnlyBeAccessedByLayers("edge")
          .whereLayer("flow")
          .mayOnlyBeAccessedByLayers("check", "integration", "edge")
          .whereLayer("content")
          .mayOnlyBeAccessedByLayers("flow", "check", "integration", "edge");

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

  @ArchTest
  static final ArchRule regularExpressionsAreLinear =
      classes()
          .should()
          .onlyDependOnClassesThat(
              com.tngtech.archunit.base.DescribedPredicate.not(
                  com.tngtech.archunit.core.domain.JavaClass.Predicates.type(
                      java.util.regex.Pattern.class)));
}
