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
        AmazonWebServicesCredentials found;
        try (ACLContext asSystem = ACL.as2(ACL.SYSTEM2)) {
            ItemGroup<?> group = group();
            found = find(group, buildsRunAs, id);
            if (found == null && mayUseItems && !buildsRunAs.equals(ACL.SYSTEM2)) {
                found = find(group, ACL.SYSTEM2, id);
            }
        }
        if (found == null) {
            throw new IllegalStateException("there is no AWS credential '" + id + "' that "
                    + (folder.isEmpty() ? "jobs" : "jobs in " + folder) + " may use"
                    + (buildsRunAs.equals(ACL.SYSTEM2) ? "" : " as " + buildsRunAs.getName())
                    + "; it may have been renamed or deleted");
        }
        return found;
    }

    private ItemGroup<?> group() {
        if (folder.isEmpty()) {
            return Jenkins.get();
        }
        if (Jenkins.get().getItemByFullName(folder) instanceof ItemGroup<?> group) {
            return group;
        }
        throw new IllegalStateException("the folder '" + folder + "' is gone, and with it what its jobs may use");
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
