package dev.yakin.checks;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.yakin.shared.Settings;
import dev.yakin.shared.aws.Clients;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.Date;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The wall between deciding and doing. The folders say it; this test enforces it. */
class ArchitectureTest {
    private static final JavaClasses YAKIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            // Everything but the PostgreSQL that is there for tests: a new function is looked at without being named.
            .withImportOption(location -> !location.contains("postgres-testing"))
            .importPackages("dev.yakin");

    @Test
    void every_function_is_looked_at() throws IOException {
        try (var folders = Files.list(Path.of("..", "functions"))) {
            var packages = folders.filter(folder -> Files.isDirectory(folder.resolve("src/main/java")))
                    .map(folder ->
                            "dev.yakin." + folder.getFileName().toString().replace("-", ""))
                    .filter(name -> !name.equals("dev.yakin.postgrestesting"));
            assertThat(packages).allMatch(name -> YAKIN.contain(name + ".package-info"));
        }
    }

    @Test
    void outside_the_adapters_there_is_no_AWS() {
        noClasses()
                .that()
                .resideOutsideOfPackages("..aws..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("software.amazon.awssdk..")
                .because("what decides must be testable with the JDK alone; adapters live in .aws")
                .check(YAKIN);
    }

    @Test
    void outside_the_adapters_there_is_no_network() {
        noClasses()
                .that()
                .resideOutsideOfPackages("..aws..", "..slack..")
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.net\\.(?!URI$|URISyntaxException$|URLEncoder$|URLDecoder$).*")
                .because("a decision makes no connection")
                .check(YAKIN);
    }

    @Test
    void time_is_a_value() {
        noClasses()
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(LocalDate.class, "now")
                .orShould()
                .callMethod(LocalDateTime.class, "now")
                .orShould()
                .callMethod(ZonedDateTime.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callConstructor(Date.class)
                .because("only a handler owns a Clock; everything else is told the time")
                .check(YAKIN);
    }

    @Test
    void only_a_handler_reads_the_system_clock() {
        noClasses()
                .that()
                .haveSimpleNameNotEndingWith("Handler")
                .should()
                .callMethod(Clock.class, "systemUTC")
                .check(YAKIN);
    }

    @Test
    void only_Settings_and_Clients_read_the_environment() {
        noClasses()
                .that()
                .doNotBelongToAnyOf(Settings.class, Clients.class)
                .should()
                .callMethod(System.class, "getenv")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .because("a missing setting is named at start, in one way")
                .check(YAKIN);
    }

    @Test
    void functions_do_not_know_each_other_and_shared_knows_none() {
        slices().matching("dev.yakin.(*)..")
                .namingSlices("function $1")
                .should()
                .notDependOnEachOther()
                .ignoreDependency(
                        com.tngtech.archunit.base.DescribedPredicate.alwaysTrue(),
                        com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage("dev.yakin.shared.."))
                .check(YAKIN);
    }

    @Test
    void production_code_does_not_know_the_rehearsal() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.yakin.rehearsal..")
                .check(YAKIN);
    }

    @Test
    void every_package_is_null_marked() {
        classes()
                .that()
                .haveSimpleName("package-info")
                .should()
                .beAnnotatedWith(NullMarked.class)
                .check(YAKIN);
        var packages =
                YAKIN.stream().map(type -> type.getPackageName()).distinct().toList();
        for (var name : packages) {
            if (!YAKIN.contain(name + ".package-info")) {
                throw new AssertionError(name + " has no package-info.java: it says what the package may import");
            }
        }
    }

    @Test
    void nobody_sleeps() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.yakin.devshutdown.aws.Pause")
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(Thread.class, "sleep", java.time.Duration.class)
                .because("the next look comes in five minutes; a Lambda is paid while it sleeps")
                .check(YAKIN);
    }
}
