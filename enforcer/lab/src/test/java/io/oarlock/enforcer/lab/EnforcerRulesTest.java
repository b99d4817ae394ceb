package io.oarlock.enforcer.lab;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Keeps the dependencies among the enforcer's modules one-way, and each library with its owner. */
class EnforcerRulesTest {
  private static final String ENFORCER = "io.oarlock.enforcer.";

  /** What each module may use beside the JDK and itself. */
  private static final Map<String, List<String>> MAY_USE =
      Map.of(
          "policy", List.of("io.oarlock.model.."),
          "wire", List.of("io.oarlock.model..", "io.oarlock.json..", "org.bouncycastle.."),
          "datapath",
              List.of(
                  "io.oarlock.model..", ENFORCER + "policy..", ENFORCER + "wire..", "io.netty.."),
          "agent",
              List.of(
                  "io.oarlock.model..",
                  "io.oarlock.json..",
                  ENFORCER + "policy..",
                  ENFORCER + "wire..",
                  ENFORCER + "datapath..",
                  "jdk.net.."));

  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.oarlock.enforcer");

  @Test
  void modulesUseOnlyWhatIsBelowThem() {
    MAY_USE.forEach((module, below) -> {
      var own = ENFORCER + module + "..";
      var all =
          Stream.concat(Stream.of("java..", "javax..", "org.jspecify..", own), below.stream())
              .toArray(String[]::new);
      classes()
          .that()
          .resideInAPackage(own)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(all)
          .check(ALL);
    });
  }

  @Test
  void nobodyNamesAClassAfterItsInterface() {
    noClasses().should().haveSimpleNameEndingWith("Impl").check(ALL);
  }
}
