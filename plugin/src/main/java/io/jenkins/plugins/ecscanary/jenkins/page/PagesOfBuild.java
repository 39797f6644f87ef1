package io.jenkins.plugins.ecscanary.jenkins.page;

import hudson.model.Api;
import hudson.model.Run;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import jenkins.model.Jenkins;
import jenkins.model.RunAction2;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/**
 * What a build keeps of all things of one kind that it has made: their ids, each of which is the address of a page. The rest is
 * kept elsewhere. The field {@code ids} has its name in every build.xml. The ids are in the build's {@code api/json}; below each there
 * is that page's own.
 */
@ExportedBean(defaultVisibility = 2)
public abstract class PagesOfBuild implements RunAction2 {

    private final CopyOnWriteArrayList<String> ids = new CopyOnWriteArrayList<>();
    private transient Run<?, ?> run;

    /**
     * Notes that a build has made one; once is enough. Writes the build's record.
     *
     * @param first for a build that has none of this type
     * @return which of the build's it is, from 1 on
     */
    protected static <A extends PagesOfBuild> int note(Run<?, ?> run, String id, Class<A> type, Supplier<A> first)
            throws IOException {
        synchronized (run) {
            PagesOfBuild pages = run.getAction(type);
            if (pages == null) {
                pages = first.get();
                run.addAction(pages);
            }
            if (pages.ids.addIfAbsent(id)) {
                run.save();
            }
            return pages.ids.indexOf(id) + 1;
        }
    }

    /** The address of a page, absolute where Jenkins knows its own; else below the server's. */
    protected static String url(Run<?, ?> run, String urlName, String id) {
        String root = Jenkins.get().getRootUrl();
        return (root == null ? contextPath() + "/" : root) + run.getUrl() + urlName + "/" + id + "/";
    }

    private static String contextPath() {
        return Jenkins.get().getServletContext().getContextPath();
    }

    /** The ids alone. */
    public final Api getApi() {
        return new Api(this);
    }

    /** In the order they were begun. */
    @Exported
    public final List<String> getIds() {
        return List.copyOf(ids);
    }

    @Override
    public final void onAttached(Run<?, ?> attached) {
        run = attached;
    }

    @Override
    public final void onLoad(Run<?, ?> loaded) {
        run = loaded;
    }

    /** For {@code run-subpage}, which shows it. */
    public final Run<?, ?> getObject() {
        return run;
    }
}
