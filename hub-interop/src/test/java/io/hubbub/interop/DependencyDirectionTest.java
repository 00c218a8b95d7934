package io.hubbub.interop;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.jspecify.annotations.NullMarked;

/** Dependencies point inward: core knows nobody, HTTP knows core, the adapters know both. */
@AnalyzeClasses(packages = "io.hubbub", importOptions = ImportOption.DoNotIncludeTests.class)
class DependencyDirectionTest {

  private static final String HUB = "io.hubbub";
  private static final String SPI = "io.hubbub.spi..";
  private static final String PROTOCOL = "io.hubbub.protocol..";
  private static final String CORE_INTERNAL = "io.hubbub.internal..";
  private static final String REACTIVE = "io.hubbub.internal.reactive..";
  private static final String HTTP = "io.hubbub.http..";
  private static final String JAKARTA = "io.hubbub.transport.jakarta..";
  private static final String NETTY = "io.hubbub.transport.netty..";
  private static final String REDIS = "io.hubbub.backplane.redis..";
  private static final String CLIENT = "io.hubbub.client..";
  private static final String TESTKIT = "io.hubbub.testkit..";

  @ArchTest static final ArchRule protocolKnowsNothingElseOfCore = only(PROTOCOL);

  @ArchTest
  static final ArchRule hubAuthorsPackageKnowsOnlyCore = only(HUB, SPI, PROTOCOL, CORE_INTERNAL);

  @ArchTest static final ArchRule spiKnowsOnlyCore = only(SPI, HUB, PROTOCOL);

  @ArchTest
  static final ArchRule coreInternalsKnowOnlyCore = only(CORE_INTERNAL, HUB, SPI, PROTOCOL);

  @ArchTest static final ArchRule httpKnowsOnlyCore = only(HTTP, HUB, SPI, PROTOCOL);

  @ArchTest static final ArchRule jakartaKnowsCoreAndHttp = only(JAKARTA, HUB, SPI, PROTOCOL, HTTP);

  @ArchTest static final ArchRule nettyKnowsCoreAndHttp = only(NETTY, HUB, SPI, PROTOCOL, HTTP);

  @ArchTest static final ArchRule redisKnowsOnlyCore = only(REDIS, HUB, SPI, PROTOCOL);

  @ArchTest static final ArchRule clientKnowsTheWireAndNoServer = only(CLIENT, HUB, PROTOCOL);

  @ArchTest
  static final ArchRule testkitKnowsCoreAndHttpAndTheClientFromOutside =
      only(TESTKIT, HUB, SPI, PROTOCOL, HTTP, "io.hubbub.client", "io.hubbub.client.spi");

  @ArchTest
  static final ArchRule onlyTheJakartaAdapterKnowsContainers =
      foreign("jakarta.servlet..", "jakarta.websocket..").stayIn(JAKARTA, CLIENT);

  @ArchTest
  static final ArchRule onlyTheNettyAdapterKnowsNetty = foreign("io.netty..").stayIn(NETTY, REDIS);

  @ArchTest
  static final ArchRule onlyTheRedisAdapterKnowsLettuce = foreign("io.lettuce..").stayIn(REDIS);

  @ArchTest
  static final ArchRule onlyTheClientKnowsTyrus = foreign("org.glassfish.tyrus..").stayIn(CLIENT);

  @ArchTest
  static final ArchRule reactiveLibrariesAreOptional =
      foreign("reactor..", "io.reactivex..", "org.reactivestreams..").stayIn(REACTIVE);

  @ArchTest
  static final ArchRule everyPackageIsNullMarked =
      classes()
          .that(DescribedPredicate.describe("are written by hand", c -> !isGenerated(c)))
          .should(be(DescribedPredicate.describe("in a @NullMarked package", c -> isNullMarked(c))))
          .allowEmptyShould(true);

  /** Classes of {@code own} may use their own package and {@code others}, and the world outside. */
  private static ArchRule only(String own, String... others) {
    return noClasses()
        .that(resideInAPackage(own))
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.hubbub..")
                .and(not(resideInAPackage(own)))
                .and(not(resideInAnyPackage(others))))
        .as(own + " depends inside Hubbub only on itself and " + String.join(", ", others))
        .allowEmptyShould(true);
  }

  private static Foreign foreign(String... packages) {
    return new Foreign(packages);
  }

  private static boolean isNullMarked(JavaClass type) {
    return type.getPackage().tryGetPackageInfo().isPresent()
        && type.getPackage().isAnnotatedWith(NullMarked.class);
  }

  private static boolean isGenerated(JavaClass type) {
    return type.getPackageName().endsWith("jmh_generated")
        || type.getPackageName().isEmpty()
        || type.getSimpleName().equals("module-info");
  }

  /** Somebody else's packages, which only some of ours may touch. */
  private record Foreign(String... packages) {

    /** Not asked of the modules that put everything together. */
    ArchRule stayIn(String... ours) {
      return noClasses()
          .that(not(resideInAnyPackage(ours)))
          .and(not(resideInAPackage("io.hubbub.interop..")))
          .and(not(resideInAPackage("io.hubbub.benchmarks..")))
          .should()
          .dependOnClassesThat(resideInAnyPackage(packages))
          .as(String.join(", ", packages) + " is known only to " + String.join(", ", ours))
          .allowEmptyShould(true);
    }
  }
}
