package io.jenkins.plugins.ecscanary.jenkins.access;

import com.cloudbees.jenkins.plugins.awscredentials.AmazonWebServicesCredentials;
import com.cloudbees.plugins.credentials.CredentialsMatcher;
import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Queue;
import hudson.model.queue.Tasks;
import hudson.security.ACL;
import hudson.security.ACLContext;
import java.util.List;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;

/**
 * Where credentials are looked up for the builds of a job, and as whom: in the job's folder and those around it, as whoever the
 * job's builds run as ({@code SYSTEM}, unless an administrator has them run as somebody), and, where that one may use the job's
 * credentials, as {@code SYSTEM} too. That is what the credentials plugin does for a build. Whose thread it is does not matter:
 * those that follow deployments are nobody's.
 */
public final class CredentialsContext {

    private final Authentication buildsRunAs;
    private final boolean mayUseItems;
    private volatile String folder;

    private CredentialsContext(String folder, Authentication buildsRunAs, boolean mayUseItems) {
        this.folder = folder;
        this.buildsRunAs = buildsRunAs;
        this.mayUseItems = mayUseItems;
    }

    /**
     * As it is now.
     *
     * @param jobFullName of a job that may be gone: its folder is left then, as it is for {@code SYSTEM}
     */
    public static CredentialsContext ofJob(String jobFullName) {
        String folder = jobFullName.substring(0, Math.max(0, jobFullName.lastIndexOf('/')));
        try (ACLContext asSystem = ACL.as2(ACL.SYSTEM2)) {
            Item job = Jenkins.get().getItemByFullName(jobFullName);
            Authentication as = job instanceof Queue.Task task ? Tasks.getAuthenticationOf2(task) : ACL.SYSTEM2;
            boolean mayUseItems =
                    as.equals(ACL.SYSTEM2) || job.getACL().hasPermission2(as, CredentialsProvider.USE_ITEM);
            return new CredentialsContext(folder, as, mayUseItems);
        }
    }

    /**
     * What is left of a job that is gone.
     *
     * @param folder the full name of the one it was in; empty for the root
     */
    public static CredentialsContext ofFolder(String folder) {
        return new CredentialsContext(folder, ACL.SYSTEM2, true);
    }

    /**
     * As those builds are that a form is for: a job's, those of the jobs in a folder, or of the jobs that are in none.
     *
     * @param item a job or a folder, or null for Jenkins itself
     */
    static CredentialsContext ofForm(Item item) {
        if (item == null) {
            return ofFolder("");
        }
        return item instanceof ItemGroup<?> ? ofFolder(item.getFullName()) : ofJob(item.getFullName());
    }

    /** Its full name; empty for the root. */
    public String folder() {
        return folder;
    }

    /** The folder has got another name. */
    public void movedTo(String fullName) {
        folder = fullName;
    }

    /** Whether the same credentials are found there. */
    public boolean findsTheSameAs(CredentialsContext other) {
        return folder.equals(other.folder)
                && mayUseItems == other.mayUseItems
                && buildsRunAs.getName().equals(other.buildsRunAs.getName());
    }

    /**
     * Never one from around a folder that is gone: it could be another one of the same id.
     *
     * @throws IllegalStateException if there is none of that id
     */
    AmazonWebServicesCredentials find(String id) {
        try (ACLContext asSystem = ACL.as2(ACL.SYSTEM2)) {
            ItemGroup<?> group = group();
            for (Authentication as : lookedUpAs()) {
                AmazonWebServicesCredentials found = find(group, as, id);
                if (found != null) {
                    return found;
                }
            }
        }
        String jobs =
                folder.isEmpty() ? Messages.CredentialsContext_Jobs() : Messages.CredentialsContext_JobsIn(folder);
        throw new IllegalStateException(
                buildsRunAs.equals(ACL.SYSTEM2)
                        ? Messages.CredentialsContext_None(id, jobs)
                        : Messages.CredentialsContext_NoneAs(id, jobs, buildsRunAs.getName()));
    }

    /** As whom, one after the other: whoever comes first counts. */
    List<Authentication> lookedUpAs() {
        return mayUseItems && !buildsRunAs.equals(ACL.SYSTEM2)
                ? List.of(buildsRunAs, ACL.SYSTEM2)
                : List.of(buildsRunAs);
    }

    private ItemGroup<?> group() {
        if (folder.isEmpty()) {
            return Jenkins.get();
        }
        if (Jenkins.get().getItemByFullName(folder) instanceof ItemGroup<?> group) {
            return group;
        }
        throw new IllegalStateException(Messages.CredentialsContext_FolderGone(folder));
    }

    /** Those of the scope SYSTEM are for Jenkins itself; the plugin leaves them out for jobs, but not for the root. */
    private static AmazonWebServicesCredentials find(ItemGroup<?> group, Authentication as, String id) {
        return CredentialsMatchers.firstOrNull(
                CredentialsProvider.lookupCredentialsInItemGroup(
                        AmazonWebServicesCredentials.class, group, as, List.of()),
                CredentialsMatchers.allOf(CredentialsMatchers.withId(id), forJobs()));
    }

    static CredentialsMatcher forJobs() {
        return CredentialsMatchers.not(CredentialsMatchers.withScope(CredentialsScope.SYSTEM));
    }
}
