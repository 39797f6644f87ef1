package io.jenkins.plugins.ecscanary.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Tag;

/** Who may know whom. The command line is the only module that sees all others, so the arrows are checked here. */
@Tag("architecture")
@AnalyzeClasses(packages = "io.jenkins.plugins.ecscanary", importOptions = ImportOption.DoNotIncludeTests.class)
class ArrowsTest {

    private static final String ROOT = "io.jenkins.plugins.ecscanary.";

    @ArchTest
    static final ArchRule engineMeetsAwsOnlyOverTheWire = noClasses()
            .that()
            .resideInAPackage(ROOT + "engine..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    ROOT + "localaws..", ROOT + "cli..", ROOT + "progressview..", ROOT + "sampleapp..", "picocli..")
            .because("the engine meets local-aws as it meets AWS: through the SDK's clients");

    @ArchTest
    static final ArchRule localAwsStandsAlone = noClasses()
            .that()
            .resideInAPackage(ROOT + "localaws..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    ROOT + "engine..",
                    ROOT + "cli..",
                    ROOT + "progressview..",
                    ROOT + "sampleapp..",
                    "software.amazon.awssdk..")
            .because("an emulator that shares code with its client would agree with the client's mistakes");

    @ArchTest
    static final ArchRule progressViewStandsAlone = classes()
            .that()
            .resideInAPackage(ROOT + "progressview..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", ROOT + "progressview..")
            .because("plugin, command line and Blue Ocean put it into their own pages");

    @ArchTest
    static final ArchRule sampleAppStandsAlone = noClasses()
            .that()
            .resideInAPackage(ROOT + "sampleapp..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + "engine..", ROOT + "cli..", ROOT + "progressview..", ROOT + "localaws..")
            .because("it is the thing deployed, not part of what deploys it");

    @ArchTest
    static final ArchRule theEnginesPublicTypesNameNoSdkClass = noClasses()
            .that()
            .resideInAnyPackage(
                    ROOT + "engine",
                    ROOT + "engine.model..",
                    ROOT + "engine.timeline..",
                    ROOT + "engine.view..",
                    ROOT + "engine.record..",
                    ROOT + "engine.time..",
                    ROOT + "engine.rollout..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("software.amazon.awssdk..")
            .because("the plugin gets the SDK relocated");

    @ArchTest
    static final ArchRule decidingIsPure = noClasses()
            .that()
            .resideInAnyPackage(ROOT + "engine.rollout..", ROOT + "engine.view..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.net..", "java.nio.file..", "java.util.concurrent..", "java.lang.Thread")
            .because("deciding and folding take what they are given and answer; they call nobody and wait for nothing");
}
