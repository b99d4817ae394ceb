package io.oarlock.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Keeps the dependencies of the house one-way. */
class HouseRulesTest {
  private static final String HOUSE = "io.oarlock.";

  /** What each module may see of the others. The server constructs everything, so it has no row. */
  private static final Map<String, Set<String>> MAY_SEE =
      Map.ofEntries(
          Map.entry("model", Set.of()),
          Map.entry("json", Set.of("model")),
          Map.entry("client", Set.of("model", "json")),
          Map.entry("store", Set.of("model", "json")),
          Map.entry("store.mongo", Set.of("store", "model", "json")),
          Map.entry("automations", Set.of()),
          Map.entry("automations.graaljs", Set.of("automations", "model", "json")),
          Map.entry(
              "automations.worker", Set.of("automations", "automations.graaljs", "model", "json")),
          Map.entry("spi", Set.of("model")),
          Map.entry("enforcer.policy", Set.of("model")),
          Map.entry(
              "engine", Set.of("spi", "store", "model", "json", "automations", "enforcer.policy")),
          Map.entry("forward.http", Set.of("spi", "model", "json")),
          Map.entry("forward.syslog", Set.of("spi", "model", "json")),
          Map.entry("forward.smtp", Set.of("spi", "model", "json")),
          Map.entry("mail.kit", Set.of()),
          Map.entry("schedule", Set.of("engine", "store", "model", "json")),
          Map.entry("traces", Set.of("engine")),
          Map.entry("http", Set.of("engine", "store", "model", "json")),
          Map.entry("demo", Set.of("engine", "model", "json")),
          Map.entry("marketplace.bundle", Set.of("model", "json")),
          Map.entry("marketplace.installer", Set.of("spi", "model", "json", "marketplace.bundle")),
          Map.entry("cli", Set.of("model", "json", "marketplace.bundle")));

  /** Libraries that one module keeps from all the others. */
  private static final Map<String, String> OWNED_BY =
      Map.of(
          "com.mongodb..", "store.mongo",
          "org.bson..", "store.mongo",
          "org.h2..", "store",
          "org.graalvm..", "automations.graaljs",
          "org.quartz..", "schedule",
          "io.opentelemetry..", "traces",
          "jakarta.mail..", "forward.smtp",
          "com.fasterxml.jackson..", "json",
          "io.vertx.ext.web..", "http",
          "picocli..", "cli");

  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.oarlock");

  @Test
  void modulesSeeOnlyTheModulesBelowThem() {
    assertThat(
            ALL.stream()
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .filter(HouseRulesTest::climbs)
                .map(Dependency::getDescription)
                .sorted()
                .collect(joining("\n")))
        .isEmpty();
  }

  @Test
  void everyPackageBelongsToAModuleWithARow() {
    assertThat(ALL).extracting(HouseRulesTest::module).doesNotContain("");
  }

  @Test
  void modelNeedsNothingButTheJdk() {
    classes()
        .that()
        .resideInAPackage(HOUSE + "model..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "javax.crypto..", "org.jspecify..", HOUSE + "model..")
        .check(ALL);
  }

  @Test
  void eachLibraryHasOneOwner() {
    OWNED_BY.forEach((library, owner) ->
        noClasses()
            .that()
            .resideOutsideOfPackage(HOUSE + owner)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(library)
            .allowEmptyShould(true)
            .check(ALL));
  }

  @Test
  void nobodyNamesAClassAfterItsInterface() {
    noClasses().should().haveSimpleNameEndingWith("Impl").check(ALL);
  }

  private static boolean climbs(Dependency dependency) {
    JavaClass target = dependency.getTargetClass().getBaseComponentType();
    if (!target.getPackageName().startsWith(HOUSE)) {
      return false;
    }
    String from = module(dependency.getOriginClass());
    String to = module(target);
    return !from.equals("server")
        && !to.equals(from)
        && !MAY_SEE.getOrDefault(from, Set.of()).contains(to);
  }

  /** The row with the longest name that the package starts with. */
  private static String module(JavaClass type) {
    String name = type.getPackageName().substring(HOUSE.length());
    while (!name.isEmpty() && !name.equals("server") && !MAY_SEE.containsKey(name)) {
      name = name.substring(0, Math.max(0, name.lastIndexOf('.')));
    }
    return name;
  }
}
