package io.jenkins.plugins.ecscanary.jenkins.run;

import hudson.model.Api;
import hudson.model.Item;
import hudson.model.ModelObject;
import hudson.model.Run;
import hudson.util.HttpResponses;
import io.jenkins.plugins.ecscanary.engine.model.ServiceKey;
import io.jenkins.plugins.ecscanary.engine.record.RecordSummary;
import io.jenkins.plugins.ecscanary.engine.timeline.TimelineCodec;
import io.jenkins.plugins.ecscanary.engine.timeline.TimelineEntry;
import io.jenkins.plugins.ecscanary.engine.timeline.TimelineFile.UnreadableTimeline;
import io.jenkins.plugins.ecscanary.engine.view.DeploymentView;
import io.jenkins.plugins.ecscanary.engine.view.ReplayDocument;
import io.jenkins.plugins.ecscanary.engine.view.ViewDocument;
import io.jenkins.plugins.ecscanary.jenkins.access.CanaryPermissions;
import io.jenkins.plugins.ecscanary.jenkins.deployments.Deployments;
import io.jenkins.plugins.ecscanary.jenkins.deployments.Followed;
import io.jenkins.plugins.ecscanary.jenkins.deployments.Owner;
import io.jenkins.plugins.ecscanary.jenkins.deployments.RedeployMode;
import io.jenkins.plugins.ecscanary.jenkins.redeploy.Redeployment;
import io.jenkins.plugins.ecscanary.jenkins.rest.RecordBean;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.WebMethod;
import org.kohsuke.stapler.interceptor.RequirePOST;
import org.kohsuke.stapler.verb.GET;

/** One deployment of a build: the page, the documents it lives on, and what can be done about it. */
public final class DeploymentPage implements ModelObject {

    private final Run<?, ?> run;
    private final String id;

    DeploymentPage(Run<?, ?> run, String id) {
        this.run = run;
        this.id = id;
    }

    /** For {@code run-subpage}, which shows it. */
    public Run<?, ?> getObject() {
        return run;
    }

    public String getId() {
        return id;
    }

    @Override
    public String getDisplayName() {
        ServiceKey service = service(view());
        return service == null
                ? Messages.DeploymentPage_DisplayName()
                : Messages.DeploymentPage_DisplayNameOf(name(service));
    }

    /** Where it goes, or null before that is known; the index knows it when the record can't be read. */
    private ServiceKey service(DeploymentView view) {
        if (view != null) {
            return view.service();
        }
        return isUnreadable()
                ? Deployments.get()
                        .records()
                        .find(id)
                        .map(RecordSummary::service)
                        .orElse(null)
                : null;
    }

    private static String name(ServiceKey service) {
        return OneLine.of(service.cluster() + "/" + service.service());
    }

    /** What is known of it, or null before there is anything. */
    private DeploymentView view() {
        return Deployments.get().view(id);
    }

    /** In a few words. */
    public String getState() {
        DeploymentView view = view();
        if (isUnreadable()) {
            return Messages.DeploymentPage_Unreadable();
        }
        if (view == null || view.id() == null) {
            return Deployments.get()
                    .find(id)
                    .map(Followed::status)
                    .map(OneLine::of)
                    .orElse(Messages.DeploymentPage_NeverBegun());
        }
        if (!view.ended()) {
            return getChip();
        }
        return OneLine.of(
                words(view.verdict().outcome().name()) + ": " + view.verdict().cause());
    }

    /** In as few words as a chip has room for. */
    public String getChip() {
        DeploymentView view = view();
        ServiceKey service = service(view);
        if (service == null) {
            return Messages.DeploymentPage_DisplayName();
        }
        String name = OneLine.of(service.service()) + ": ";
        if (view == null) {
            return name + Messages.DeploymentPage_UnreadableChip();
        }
        if (view.ended()) {
            return name + words(view.verdict().outcome().name());
        }
        Integer weight = view.replacement() == null ? null : view.replacement().weight();
        return name
                + (weight == null || weight == 0 ? "" : weight + " %, ")
                + words(view.phase().name());
    }

    /** For how the state is shown. */
    public String getTone() {
        DeploymentView view = view();
        if (isUnreadable()) {
            return Tone.FAILURE;
        }
        return view == null ? Tone.RUNNING : Tone.of(view.verdict());
    }

    /** What it ships to where, in a few words. */
    public String getTitle() {
        DeploymentView view = view();
        ServiceKey service = service(view);
        if (service == null) {
            return id;
        }
        String revision =
                view == null || view.replacement() == null || view.replacement().taskDefinition() == null
                        ? ""
                        : " " + view.replacement().taskDefinition();
        return OneLine.of(service.cluster() + "/" + service.service() + revision);
    }

    /** Null before there is anything. */
    public Date getStarted() {
        DeploymentView view = view();
        return view == null || view.startedAt() == null ? null : Date.from(view.startedAt());
    }

    /** The same as ISO 8601; null where that is. */
    public String getStartedIso() {
        Date started = getStarted();
        return started == null ? null : started.toInstant().toString();
    }

    private static String words(String constant) {
        return constant.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Whether nothing changes any more. */
    public boolean isEnded() {
        return isReplayable() || isUnreadable() || isNeverBegun();
    }

    /** Whether its record is damaged: administrators are told where, and others only that. */
    public boolean isUnreadable() {
        return view() == null && Deployments.get().unreadable(id).isPresent();
    }

    /** How it ended as the index has it, which is all there is of an {@link #isUnreadable unreadable} one; null if not even that. */
    public String getIndexed() {
        return Deployments.get()
                .records()
                .find(id)
                .map(RecordSummary::verdict)
                .map(verdict -> OneLine.of(words(verdict.outcome().name()) + ": " + verdict.cause()))
                .orElse(null);
    }

    /** Whether there is nothing and nobody who could still begin it. */
    public boolean isNeverBegun() {
        return view() == null
                && !isUnreadable()
                && !run.isBuilding()
                && Deployments.get().find(id).isEmpty();
    }

    /** Whether there is a timeline to be watched again. */
    public boolean isReplayable() {
        DeploymentView view = view();
        return view != null && view.ended();
    }

    public boolean isRollBackAllowed() {
        return run.hasPermission(CanaryPermissions.ROLL_BACK);
    }

    public boolean isPromoteAllowed() {
        return run.hasPermission(CanaryPermissions.PROMOTE) && approvers().include(Jenkins.getAuthentication2());
    }

    private Approvers approvers() {
        return new Approvers(Deployments.get().owner(id).map(Owner::approvers).orElse(null));
    }

    /** The view document; unchanged while its entity tag is. */
    @GET
    @WebMethod(name = "view")
    public void doView(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        run.checkPermission(Item.READ);
        DeploymentView view = view();
        if (isUnreadable()) {
            response.sendError(HttpServletResponse.SC_INTERNAL_SERVER_ERROR, Messages.DeploymentPage_Unreadable());
            return;
        }
        if (view == null || view.id() == null) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND, Messages.DeploymentPage_NotBegun());
            return;
        }
        response.setHeader("Canary-Now", Deployments.get().now(view).toString());
        document(request, response, ViewDocument.etag(view), view.ended(), () -> ViewDocument.json(view));
    }

    /** The document of its frames, once it is over. */
    @GET
    @WebMethod(name = "replay")
    public void doReplay(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        run.checkPermission(Item.READ);
        DeploymentView view = view();
        if (view == null || !view.ended()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND, Messages.DeploymentPage_NotOver());
            return;
        }
        document(request, response, ViewDocument.etag(view), true, () -> ReplayDocument.json(timeline()));
    }

    private List<TimelineEntry> timeline() {
        return Deployments.get().records().timeline(id);
    }

    private interface Body {
        String text();
    }

    private static void document(
            StaplerRequest2 request, StaplerResponse2 response, String etag, boolean done, Body body)
            throws IOException {
        response.setHeader("ETag", etag);
        response.setHeader("Cache-Control", done ? "private, max-age=86400, immutable" : "private, no-cache");
        response.setHeader("X-Content-Type-Options", "nosniff");
        if (etag.equals(request.getHeader("If-None-Match"))) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        response.setContentType("application/json;charset=UTF-8");
        try (PrintWriter out = response.getWriter()) {
            out.print(body.text());
        }
    }

    /** The record's line of the history, as JSON or XML. */
    public Api getApi() {
        return new Api(Deployments.get()
                .records()
                .find(id)
                .map(record -> new RecordBean(record, true))
                .orElseThrow(() ->
                        HttpResponses.error(HttpServletResponse.SC_NOT_FOUND, Messages.DeploymentPage_NotBegun())));
    }

    /** Its events so far, as JSON lines. */
    @GET
    @WebMethod(name = "timeline")
    public void doTimeline(StaplerResponse2 response) throws IOException {
        run.checkPermission(Item.READ);
        Optional<RecordSummary> record = Deployments.get().records().find(id);
        if (record.isEmpty()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND, Messages.DeploymentPage_NotBegun());
            return;
        }
        List<TimelineEntry> timeline;
        try {
            timeline = timeline();
        } catch (UnreadableTimeline e) { // administrators are told why
            response.sendError(HttpServletResponse.SC_INTERNAL_SERVER_ERROR, Messages.DeploymentPage_Unreadable());
            return;
        }
        response.setContentType("application/jsonl;charset=UTF-8");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cache-Control", "private, no-cache");
        try (PrintWriter out = response.getWriter()) {
            for (TimelineEntry entry : timeline) {
                out.print(TimelineCodec.write(entry));
                out.print('\n');
            }
        }
    }

    /** Has AWS roll it back. */
    @RequirePOST
    @WebMethod(name = "rollBack")
    public HttpResponse doRollBack(@QueryParameter String why) {
        run.checkPermission(CanaryPermissions.ROLL_BACK);
        Followed running = running();
        running.rollBackForSomeone(Jenkins.getAuthentication2().getName(), reason(why));
        return HttpResponses.redirectToDot();
    }

    /** Has AWS end the wait it is in. */
    @RequirePOST
    @WebMethod(name = "promote")
    public HttpResponse doPromote(@QueryParameter String why) {
        run.checkPermission(CanaryPermissions.PROMOTE);
        if (!approvers().include(Jenkins.getAuthentication2())) {
            throw new Refusal(HttpServletResponse.SC_FORBIDDEN, Messages.DeploymentPage_NoApprover(approvers()));
        }
        String refused = running().promote(Jenkins.getAuthentication2().getName(), reason(why));
        if (refused != null) {
            throw new Refusal(HttpServletResponse.SC_CONFLICT, refused);
        }
        return HttpResponses.redirectToDot();
    }

    /** As much of it as a line of a timeline has room for. */
    private static String reason(String given) {
        return given == null || given.isBlank() ? null : OneLine.of(given.strip());
    }

    /** Ships its revision again, in a build of its own. */
    @RequirePOST
    @WebMethod(name = "redeploy")
    public HttpResponse doRedeploy() {
        run.checkPermission(CanaryPermissions.REDEPLOY);
        try {
            Redeployment.schedule(run, id);
        } catch (IllegalArgumentException e) {
            throw new Refusal(HttpServletResponse.SC_CONFLICT, e.getMessage());
        }
        return HttpResponses.redirectTo(run.getParent().getAbsoluteUrl());
    }

    /** Whether this user may, and there is something to ship, or may yet be. */
    public boolean isRedeployAllowed() {
        DeploymentView view = view();
        boolean shipsNothing = view == null
                ? isUnreadable() || isNeverBegun()
                : view.ended()
                        && (view.replacement() == null || view.replacement().taskDefinition() == null);
        return !shipsNothing && run.hasPermission(CanaryPermissions.REDEPLOY);
    }

    /** Whether a redeployment runs the job's Pipeline; else it deploys and does nothing else. */
    public boolean isRedeployThroughPipeline() {
        return Deployments.get()
                .owner(id)
                .map(owner -> owner.redeploy() == RedeployMode.PIPELINE)
                .orElse(false);
    }

    private Followed running() {
        return Deployments.get()
                .find(id)
                .orElseThrow(() -> new Refusal(HttpServletResponse.SC_CONFLICT, Messages.DeploymentPage_Over()));
    }
}
