package dev.lanes;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.lanes.lane.Lane;

/** The directions in which the packages may know each other. Each rule has been seen to fail. */
@AnalyzeClasses(packages = "dev.lanes", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    @ArchTest
    static final ArchRule tasks_need_the_jdk_alone = classes()
            .that()
            .resideInAPackage("dev.lanes.task")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.jspecify..", "dev.lanes.task");

    @ArchTest
    static final ArchRule handlers_know_tasks_only = noClasses()
            .that()
            .resideInAPackage("dev.lanes.handler..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.lanes.lane",
                    "dev.lanes.pipeline",
                    "dev.lanes.ledger",
                    "dev.lanes.process",
                    "dev.lanes.race..",
                    "dev.lanes.api",
                    "dev.lanes.cli",
                    "dev.lanes.broker");

    @ArchTest
    static final ArchRule lanes_know_handlers_and_tasks_only = noClasses()
            .that()
            .resideInAPackage("dev.lanes.lane")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.lanes.pipeline",
                    "dev.lanes.ledger",
                    "dev.lanes.process",
                    "dev.lanes.race..",
                    "dev.lanes.api",
                    "dev.lanes.cli",
                    "dev.lanes.broker");

    @ArchTest
    static final ArchRule the_pipeline_knows_what_is_below_it_only = noClasses()
            .that()
            .resideInAPackage("dev.lanes.pipeline")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.lanes.ledger",
                    "dev.lanes.process",
                    "dev.lanes.race..",
                    "dev.lanes.api",
                    "dev.lanes.cli",
                    "dev.lanes.broker");

    @ArchTest
    static final ArchRule nobody_knows_the_edges = noClasses()
            .that()
            .resideOutsideOfPackages("dev.lanes.api", "dev.lanes.cli")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.lanes.api", "dev.lanes.cli");

    @ArchTest
    static final ArchRule only_a_few_see_kafka = noClasses()
            .that()
            .resideOutsideOfPackages("dev.lanes.pipeline", "dev.lanes.ledger", "dev.lanes.broker")
            .and()
            .haveNameNotMatching("dev\\.lanes\\.race\\.Bare(Share)?Client")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.kafka..");

    @ArchTest
    static final ArchRule lanes_do_not_know_each_other = noClasses()
            .that()
            .implement(Lane.class)
            .should()
            .dependOnClassesThat()
            .implement(Lane.class);

    @ArchTest
    static final ArchRule no_cycles =
            slices().matching("dev.lanes.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule every_package_is_an_idea = noClasses()
            .should()
            .resideInAnyPackage("..util..", "..common..", "..impl..", "..model..", "..dto..", "..service..");
}
