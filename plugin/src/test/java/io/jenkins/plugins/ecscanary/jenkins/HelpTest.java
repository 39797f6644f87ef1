package io.jenkins.plugins.ecscanary.jenkins;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;

import hudson.model.Descriptor;
import hudson.tools.ToolInstallation;
import hudson.tools.ToolInstaller;
import io.jenkins.plugins.ecscanary.jenkins.access.EcsCanaryConfiguration;
import io.jenkins.plugins.ecscanary.jenkins.access.FolderRules;
import io.jenkins.plugins.ecscanary.jenkins.scan.step.TrivyScanStep;
import io.jenkins.plugins.ecscanary.jenkins.scan.tool.TrivyInstaller;
import io.jenkins.plugins.ecscanary.jenkins.step.EcsCanaryDeployStep;
import io.jenkins.plugins.ecscanary.jenkins.step.WithEcsCanaryDeployStep;
import java.io.StringReader;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import org.kohsuke.stapler.ClassDescriptor;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** Everything of the plugin's that a form or a Pipeline can set has help: found by its descriptors, not listed by anyone. */
@WithJenkins
class HelpTest {

    /** What Jenkins's own forms for tools ask for. */
    private static final Set<String> OF_TOOLS = Set.of("name", "home", "properties", "label");

    private static Map<Class<?>, Descriptor<?>> described(JenkinsRule jenkins) {
        Map<Class<?>, Descriptor<?>> described = new HashMap<>();
        for (Descriptor<?> descriptor : jenkins.jenkins.getExtensionList(Descriptor.class)) {
            if (isOfThePlugin(descriptor.clazz)) {
                described.put(descriptor.clazz, descriptor);
            }
        }
        return described;
    }

    /** And not of its tests. */
    private static boolean isOfThePlugin(Class<?> type) {
        return type.getProtectionDomain().getCodeSource() != null
                && type.getProtectionDomain()
                        .getCodeSource()
                        .equals(EcsCanaryDeployStep.class.getProtectionDomain().getCodeSource());
    }

    /** Its databound parameters, those of the classes above it among them. */
    private static Set<String> fields(Class<?> type) {
        Set<String> fields = new TreeSet<>();
        for (Constructor<?> constructor : type.getConstructors()) {
            if (constructor.isAnnotationPresent(DataBoundConstructor.class)) {
                fields.addAll(Arrays.asList(ClassDescriptor.loadParameterNames(constructor)));
            }
        }
        for (Method method : type.getMethods()) {
            if (method.isAnnotationPresent(DataBoundSetter.class)) {
                fields.add(method.getName().substring(3, 4).toLowerCase(Locale.ROOT)
                        + method.getName().substring(4));
            }
        }
        if (ToolInstallation.class.isAssignableFrom(type) || ToolInstaller.class.isAssignableFrom(type)) {
            fields.removeAll(OF_TOOLS);
        }
        return fields;
    }

    @Test
    void everyFieldHasHelp(JenkinsRule jenkins) throws Exception {
        Map<Class<?>, Descriptor<?>> described = described(jenkins);
        assertThat(
                described.keySet(),
                hasItems(
                        EcsCanaryDeployStep.class,
                        WithEcsCanaryDeployStep.class,
                        TrivyScanStep.class,
                        TrivyInstaller.class,
                        EcsCanaryConfiguration.class,
                        FolderRules.class));
        List<String> without = new ArrayList<>();
        int fields = 0;
        try (JenkinsRule.WebClient client = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false)) {
            for (Map.Entry<Class<?>, Descriptor<?>> one : described.entrySet()) {
                for (String field : fields(one.getKey())) {
                    look(client, one.getValue(), "/" + field, without);
                    fields++;
                }
                if (one.getValue() instanceof StepDescriptor step && !step.isAdvanced()) {
                    look(client, step, "", without);
                }
            }
        }
        assertThat(without, is(empty()));
        assertThat("fields were looked at", fields, greaterThan(90));
    }

    /** One element, well-formed, that says something. */
    private static void look(JenkinsRule.WebClient client, Descriptor<?> descriptor, String field, List<String> without)
            throws Exception {
        String path = "descriptor/" + descriptor.getId() + "/help" + field;
        var response = client.goTo(path, null).getWebResponse();
        if (response.getStatusCode() != 200) {
            without.add(path);
            return;
        }
        Document help = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(response.getContentAsString())));
        if (help.getDocumentElement().getTextContent().strip().length() < 20) {
            without.add(path + " says nothing");
        }
    }
}
