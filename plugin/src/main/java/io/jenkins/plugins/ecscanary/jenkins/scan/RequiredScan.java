package io.jenkins.plugins.ecscanary.jenkins.scan;

import hudson.Util;
import hudson.model.Run;
import io.jenkins.plugins.ecscanary.engine.model.DeploymentRequest;
import io.jenkins.plugins.ecscanary.engine.model.ScanRequirement;
import io.jenkins.plugins.ecscanary.engine.scan.KnownScans;
import io.jenkins.plugins.ecscanary.engine.text.TimeSpan;

/**
 * What a deploying step says under {@code requireScan}: {@code true} for a scan in this very build, a time such as {@code 7d} for
 * one that is no older, whatever build made it. What is shipped again was scanned by the build that shipped it first: there,
 * {@code true} is a scan of any build, however old.
 */
public final class RequiredScan {

    private static final String IN_THIS_BUILD = "true";

    private RequiredScan() {}

    /**
     * As it is kept: null where no scan is required.
     *
     * @param given as a Pipeline has it: a boolean or a text
     */
    public static String text(Object given) {
        String text = given == null ? null : Util.fixEmptyAndTrim(given.toString());
        return "false".equals(text) ? null : text;
    }

    /** As a Pipeline has it. */
    public static Object given(String text) {
        return IN_THIS_BUILD.equals(text) ? Boolean.TRUE : text;
    }

    /**
     * Null where no scan is required.
     *
     * @throws IllegalArgumentException if it is neither true nor a time
     */
    public static ScanRequirement requirement(String text) {
        if (text == null) {
            return null;
        }
        if (text.equals(IN_THIS_BUILD)) {
            return ScanRequirement.OF_ANY_AGE;
        }
        try {
            return new ScanRequirement(TimeSpan.parse(text));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(Messages.RequiredScan_Unknown(text), e);
        }
    }

    /**
     * Those that count.
     *
     * @param again whether a recorded revision is shipped
     */
    public static KnownScans scans(String text, Run<?, ?> run, boolean again) {
        if (text == null) {
            return KnownScans.NONE;
        }
        if (again) {
            return ScansOfFolder.orOfAny(run.getParent(), Scans.get().store());
        }
        return text.equals(IN_THIS_BUILD)
                ? new ScansOfBuild(run)
                : ScansOfFolder.of(run.getParent(), Scans.get().store());
    }

    /** The same request, with that asked for. */
    public static DeploymentRequest of(DeploymentRequest request, String text) {
        return text == null ? request : request.withOptions(request.options().withRequireScan(requirement(text)));
    }
}
