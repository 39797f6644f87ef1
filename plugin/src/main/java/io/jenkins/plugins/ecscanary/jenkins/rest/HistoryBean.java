package io.jenkins.plugins.ecscanary.jenkins.rest;

import io.jenkins.plugins.ecscanary.engine.figures.Serving;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** The history of one service, in {@code api/json}. */
@ExportedBean(defaultVisibility = 2)
public final class HistoryBean {

    @Exported(inline = true)
    public final ServiceBean service;

    /** What the records say serves now, or null. */
    @Exported(inline = true)
    public final RevisionBean serving;

    /** False where the last deployment stopped half-way or its end was not seen. */
    @Exported
    public final boolean sure;

    @Exported(inline = true)
    public final FiguresBean figures;

    /** How many there are. */
    @Exported
    public final int total;

    /** How many newer ones there are than the first that is listed. */
    @Exported
    public final int from;

    /** Newest first. */
    @Exported(inline = true)
    public final List<RecordBean> deployments;

    /** @param serving null where no record tells */
    public HistoryBean(
            ServiceBean service,
            Serving serving,
            FiguresBean figures,
            int total,
            int from,
            List<RecordBean> deployments) {
        this.service = service;
        this.serving = serving == null ? null : RevisionBean.of(serving.revision());
        this.sure = serving == null || serving.sure();
        this.figures = figures;
        this.total = total;
        this.from = from;
        this.deployments = List.copyOf(deployments);
    }
}
