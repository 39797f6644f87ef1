package io.jenkins.plugins.ecscanary.jenkins.scan.page;

import io.jenkins.plugins.ecscanary.engine.scan.Judged;
import io.jenkins.plugins.ecscanary.engine.scan.Vulnerability;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** One finding, in {@code api/json}. */
@ExportedBean(defaultVisibility = 2)
public final class FindingBean {

    /** {@code vulnerability}, {@code misconfiguration}, {@code secret} or {@code license}. */
    @Exported
    public final String kind;

    @Exported
    public final String id;

    @Exported
    public final String severity;

    @Exported
    public final String subject;

    @Exported
    public final String target;

    @Exported
    public final String title;

    @Exported
    public final String url;

    @Exported
    public final String installedVersion;

    /** Null where no version fixes it. */
    @Exported
    public final String fixedVersion;

    /** {@code COUNTED}, {@code KNOWN}, {@code UNFIXED}, {@code BELOW} or {@code WAIVED}. */
    @Exported
    public final String standing;

    /** Whether it is new against the scan's {@code since}. */
    @Exported
    public final boolean fresh;

    /** The waiver's reason, or null. */
    @Exported
    public final String waiver;

    FindingBean(Judged judged) {
        kind = judged.finding().kind();
        id = judged.finding().id();
        severity = judged.finding().severity().name();
        subject = judged.finding().subject();
        target = judged.finding().target();
        title = judged.finding().title();
        url = judged.finding().url();
        Vulnerability vulnerability = judged.finding() instanceof Vulnerability found ? found : null;
        installedVersion = vulnerability == null ? null : vulnerability.installedVersion();
        fixedVersion = vulnerability == null ? null : vulnerability.fixedVersion();
        standing = judged.standing().name();
        fresh = judged.isNew();
        waiver = judged.waiver() == null ? null : judged.waiver().reason();
    }
}
