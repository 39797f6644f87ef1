package io.jenkins.plugins.ecscanary.jenkins.scan.tool;

import hudson.EnvVars;
import hudson.Extension;
import hudson.Launcher;
import hudson.Util;
import hudson.model.EnvironmentSpecific;
import hudson.model.Node;
import hudson.model.TaskListener;
import hudson.slaves.NodeSpecific;
import hudson.tools.ToolDescriptor;
import hudson.tools.ToolInstallation;
import hudson.tools.ToolProperty;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;

/** A Trivy of the Global Tool Configuration: a directory on agents with {@code trivy} in it, put there by someone or by an installer. */
public final class TrivyInstallation extends ToolInstallation
        implements NodeSpecific<TrivyInstallation>, EnvironmentSpecific<TrivyInstallation> {
    private static final long serialVersionUID = 1L;

    /**
     * @param home the directory; what it is on single nodes their own configuration can say
     * @param properties such as installers
     */
    @DataBoundConstructor
    public TrivyInstallation(String name, String home, List<? extends ToolProperty<?>> properties) {
        super(Util.fixEmptyAndTrim(name), Util.fixEmptyAndTrim(home), properties);
    }

    /** @throws IllegalArgumentException naming those there are, if there is none of that name */
    public static TrivyInstallation named(String name) {
        TrivyInstallation[] all =
                Jenkins.get().getDescriptorByType(DescriptorImpl.class).getInstallations();
        return Arrays.stream(all)
                .filter(one -> name.equals(one.getName()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        all.length == 0
                                ? Messages.TrivyInstallation_NoneAtAll(name, where())
                                : Messages.TrivyInstallation_NoSuch(name, where(), names(all))));
    }

    private static String where() {
        return Messages.TrivyInstallation_Where(Messages.TrivyInstallation_DisplayName());
    }

    private static String names(TrivyInstallation... all) {
        return Arrays.stream(all).map(one -> "'" + one.getName() + "'").collect(Collectors.joining(", "));
    }

    @Override
    public TrivyInstallation forNode(Node node, TaskListener log) throws IOException, InterruptedException {
        return new TrivyInstallation(
                getName(), translateFor(node, log), getProperties().toList());
    }

    @Override
    public TrivyInstallation forEnvironment(EnvVars environment) {
        return new TrivyInstallation(
                getName(), environment.expand(getHome()), getProperties().toList());
    }

    /** For {@code tools { trivy '…' }} and {@code tool}: its directory comes first. */
    @Override
    public void buildEnvVars(EnvVars environment) {
        if (getHome() != null) {
            environment.put("PATH+TRIVY", getHome());
        }
    }

    /**
     * The program's path on the node it was made for.
     *
     * @throws IllegalArgumentException if nothing says where it is
     */
    public String program(Launcher launcher) {
        String home = Util.fixEmptyAndTrim(getHome());
        if (home == null) {
            throw new IllegalArgumentException(Messages.TrivyInstallation_Nowhere(getName(), where()));
        }
        return launcher.isUnix() ? home + "/trivy" : home + "\\trivy.exe";
    }

    /** {@code tool: trivy: installations:} as code. */
    @Extension
    @Symbol("trivy")
    public static final class DescriptorImpl extends ToolDescriptor<TrivyInstallation> {

        public DescriptorImpl() {
            load();
        }

        @Override
        public String getDisplayName() {
            return Messages.TrivyInstallation_DisplayName();
        }

        @Override
        public void setInstallations(TrivyInstallation... installations) {
            super.setInstallations(installations);
            save();
        }
    }
}
