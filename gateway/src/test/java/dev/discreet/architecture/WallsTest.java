package dev.discreet.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.discreet.identity.TokenVerifier;
import dev.discreet.policy.Authorizer;
import dev.discreet.policy.Decision;
import dev.discreet.policy.Verdict;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The packages are the walls: who may know whom. */
class WallsTest {
  private static final String ROOT = "dev.discreet.";
  private static final List<String> EVERYWHERE = List.of("java.", "org.jspecify.", "org.slf4j.");

  private static final Set<String> CONDITIONS_IN_CEL =
      Set.of("CelCondition", "ConditionCompiler", "ConditionChecks", "ConditionDoubts");

  private static final Map<String, List<String>> MAY_IMPORT =
      Map.ofEntries(
          Map.entry("policy", List.of("dev.cel.")),
          Map.entry(
              "config",
              List.of("org.yaml.snakeyaml.", "dev.cel.", "com.google.re2j.", ROOT + "policy.")),
          Map.entry(
              "openapi",
              List.of(
                  "com.fasterxml.jackson.core.",
                  "org.yaml.snakeyaml.",
                  ROOT + "config.",
                  ROOT + "policy.")),
          Map.entry("wire", List.of("io.netty.")),
          Map.entry("audit", List.of("io.netty.", "javax.net.ssl.", "com.fasterxml.jackson.core.")),
          Map.entry("http2", List.of("io.netty.", ROOT + "wire.")),
          Map.entry(
              "client",
              List.of(
                  "io.netty.", "javax.net.ssl.", "com.fasterxml.jackson.core.", ROOT + "wire.")),
          Map.entry(
              "telemetry",
              List.of(
                  "io.micrometer.",
                  "io.prometheus.",
                  "ch.qos.logback.",
                  "com.fasterxml.jackson.core.",
                  ROOT + "config.")),
          Map.entry(
              "identity",
              List.of(
                  "com.amazon.corretto.crypto.provider.",
                  "com.nimbusds.",
                  "com.github.benmanes.caffeine.",
                  "com.fasterxml.jackson.core.",
                  "io.netty.",
                  ROOT + "client.",
                  ROOT + "policy.",
                  ROOT + "config.",
                  ROOT + "telemetry.",
                  ROOT + "wire.")),
          Map.entry(
              "guard",
              List.of(
                  "com.github.benmanes.caffeine.",
                  "io.netty.",
                  ROOT + "client.",
                  ROOT + "config.")),
          Map.entry(
              "upstream",
              List.of(
                  "com.github.benmanes.caffeine.",
                  "io.netty.",
                  "javax.net.ssl.",
                  ROOT + "client.",
                  ROOT + "policy.",
                  ROOT + "config.",
                  ROOT + "telemetry.",
                  ROOT + "http2.",
                  ROOT + "wire.")),
          Map.entry(
              "http",
              List.of(
                  "io.netty.",
                  "javax.net.ssl.",
                  "com.fasterxml.jackson.core.",
                  ROOT + "policy.",
                  ROOT + "config.",
                  ROOT + "telemetry.",
                  ROOT + "identity.",
                  ROOT + "guard.",
                  ROOT + "upstream.",
                  ROOT + "http2.",
                  ROOT + "wire.")),
          Map.entry(
              "ask",
              List.of(
                  "com.fasterxml.jackson.core.",
                  "javax.xml.stream.",
                  ROOT + "policy.",
                  ROOT + "config.",
                  ROOT + "identity.",
                  ROOT + "http.")));

  private final JavaClasses product =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.discreet");

  @TestFactory
  List<DynamicTest> aPackageImportsOnlyWhatItMay() {
    List<DynamicTest> walls = new ArrayList<>();
    MAY_IMPORT.forEach(
        (name, allowed) ->
            walls.add(
                DynamicTest.dynamicTest(
                    name,
                    () -> {
                      List<String> prefixes = new ArrayList<>(EVERYWHERE);
                      prefixes.addAll(allowed);
                      prefixes.add(ROOT + name + ".");
                      classes()
                          .that()
                          .resideInAPackage(ROOT + name)
                          .should()
                          .onlyDependOnClassesThat(
                              DescribedPredicate.describe(
                                  "are in " + prefixes,
                                  c ->
                                      c.isPrimitive()
                                          || c.isArray()
                                          || prefixes.stream()
                                              .anyMatch(p -> c.getFullName().startsWith(p))))
                          .check(product);
                    })));
    assertThat(walls).isNotEmpty();
    return walls;
  }

  @Test
  void thereIsNoCycle() {
    slices().matching("dev.discreet.(*)..").should().beFreeOfCycles().check(product);
  }

  @Test
  void thePolicyKnowsNoClockAndNoFile() {
    noClasses()
        .that()
        .resideInAPackage("dev.discreet.policy")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.io..", "java.nio.file..")
        .orShould()
        .dependOnClassesThat(
            DescribedPredicate.describe(
                "are of java.net, but for the address as a value",
                c ->
                    c.getPackageName().startsWith("java.net")
                        && !c.isEquivalentTo(InetAddress.class)))
        .orShould()
        .callMethodWhere(
            DescribedPredicate.describe(
                "asks an address something",
                call -> call.getTargetOwner().isEquivalentTo(InetAddress.class)))
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .check(product);
  }

  @Test
  void celIsKnownToConditionsAlone() {
    noClasses()
        .that(
            DescribedPredicate.describe(
                "are none for conditions in CEL",
                c -> !CONDITIONS_IN_CEL.contains(outermost(c).getSimpleName())))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.cel..", "com.google..")
        .check(product);
  }

  @Test
  void theProtocolOfRedisIsKnownToItsConnectionAlone() {
    noClasses()
        .that(
            DescribedPredicate.describe(
                "are not RedisConnection",
                c -> !outermost(c).getSimpleName().equals("RedisConnection")))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.netty.handler.codec.redis")
        .check(product);
  }

  private static JavaClass outermost(JavaClass type) {
    return type.getEnclosingClass().map(WallsTest::outermost).orElse(type);
  }

  @Test
  void onlyTheCoreMakesAPermit() {
    noClasses()
        .that()
        .doNotBelongToAnyOf(Authorizer.class, Verdict.class, Decision.class)
        .should()
        .callConstructorWhere(
            DescribedPredicate.describe(
                "makes a Forward",
                call -> call.getTargetOwner().isEquivalentTo(Decision.Forward.class)))
        .check(product);
  }

  @Test
  void whatServesRequestsTakesNoClaimsUnverified() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.discreet.ask", "dev.discreet.cli")
        .should()
        .dependOnClassesThat()
        .haveNameMatching(
            "dev\\.discreet\\.(identity\\.UnverifiedClaims|http\\.(DryRun|TokenTrial))")
        .check(product);
  }

  @Test
  void onlyATrialSupposesThatATokenIsProven() {
    noClasses()
        .that()
        .doNotHaveSimpleName("TokenTrial")
        .should()
        .callMethodWhere(
            DescribedPredicate.describe(
                "makes a verifier that checks no proof",
                call ->
                    call.getTargetOwner().isEquivalentTo(TokenVerifier.class)
                        && call.getName().equals("ofTokensAlone")))
        .check(product);
  }

  @Test
  void theDemoIsKnownToItsCommandAlone() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.discreet.demo", "dev.discreet.cli")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.discreet.demo")
        .check(product);
  }
}
