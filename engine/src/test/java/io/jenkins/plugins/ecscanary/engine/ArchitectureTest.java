package io.jenkins.plugins.ecscanary.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.jenkins.plugins.ecscanary.engine.aws.Aws;
import io.jenkins.plugins.ecscanary.engine.aws.AwsAccess;
import io.jenkins.plugins.ecscanary.engine.aws.AwsCodeDeploy;
import io.jenkins.plugins.ecscanary.engine.aws.SdkAws;
import java.util.Set;

/** The arrows between the parts. */
@AnalyzeClasses(packages = "io.jenkins.plugins.ecscanary.engine", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String SDK = "software.amazon.awssdk";

    @ArchTest
    static final ArchRule ONLY_THE_AWS_PACKAGE_KNOWS_THE_SDK = noClasses()
            .that()
            .resideOutsideOfPackage("io.jenkins.plugins.ecscanary.engine.aws")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(SDK + "..");

    @ArchTest
    static final ArchRule NO_PUBLIC_TYPE_NAMES_THE_SDK =
            classes().that().arePublic().should(new NotShowTheSdk());

    @ArchTest
    static final ArchRule THE_ENGINE_KNOWS_NEITHER_JENKINS_NOR_THE_EMULATOR = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "hudson..",
                    "jenkins..",
                    "org.jenkinsci..",
                    "io.jenkins.plugins.ecscanary.localaws..",
                    "io.jenkins.plugins.ecscanary.cli..");

    @ArchTest
    static final ArchRule DECIDING_AND_FOLDING_ARE_PURE = noClasses()
            .that()
            .resideInAnyPackage("..engine.rollout..", "..engine.view..")
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(
                    Aws.class,
                    AwsCodeDeploy.class,
                    SdkAws.class,
                    AwsAccess.class,
                    Thread.class,
                    java.util.concurrent.Executor.class,
                    java.util.concurrent.ExecutorService.class,
                    java.util.concurrent.CompletableFuture.class,
                    java.time.Clock.class)
            // Holds as well while one of the packages is empty.
            .allowEmptyShould(true);

    /** Nothing that can be reached from outside the package: signatures and fields of public and protected members. */
    private static final class NotShowTheSdk extends ArchCondition<JavaClass> {

        NotShowTheSdk() {
            super("show no type of the AWS SDK");
        }

        @Override
        public void check(JavaClass type, ConditionEvents events) {
            type.getAllRawSuperclasses().forEach(superclass -> report(type, superclass, type.getName(), events));
            type.getAllRawInterfaces().forEach(supertype -> report(type, supertype, type.getName(), events));
            for (JavaCodeUnit unit : type.getCodeUnits()) {
                if (shown(unit.getModifiers())) {
                    unit.getAllInvolvedRawTypes().forEach(used -> report(type, used, unit.getFullName(), events));
                    unit.getExceptionTypes()
                            .forEach(thrown -> report(type, thrown.toErasure(), unit.getFullName(), events));
                }
            }
            for (JavaField field : type.getFields()) {
                if (shown(field.getModifiers())) {
                    field.getAllInvolvedRawTypes().forEach(used -> report(type, used, field.getFullName(), events));
                }
            }
        }

        private static boolean shown(Set<JavaModifier> modifiers) {
            return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
        }

        private static void report(JavaClass type, JavaClass used, String where, ConditionEvents events) {
            if (used.getPackageName().startsWith(SDK)) {
                events.add(SimpleConditionEvent.violated(type, where + " shows " + used.getName()));
            }
        }
    }
}
