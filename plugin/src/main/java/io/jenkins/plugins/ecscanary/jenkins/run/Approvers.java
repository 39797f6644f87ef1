package io.jenkins.plugins.ecscanary.jenkins.run;

import hudson.model.User;
import hudson.security.SecurityRealm;
import java.util.Arrays;
import java.util.List;
import jenkins.model.IdStrategy;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;

/** Who may promote, beyond having the permission: names of users and groups, or nobody in particular. */
final class Approvers {

    private final List<String> names;

    /** @param commaSeparated null or blank for everyone with the permission */
    Approvers(String commaSeparated) {
        names = commaSeparated == null
                ? List.of()
                : Arrays.stream(commaSeparated.split(","))
                        .map(String::trim)
                        .filter(name -> !name.isEmpty())
                        .toList();
    }

    /** Administrators may always, as with Pipeline's input step. Names are the same where the security realm says so. */
    boolean include(Authentication someone) {
        if (names.isEmpty() || Jenkins.get().getACL().hasPermission2(someone, Jenkins.ADMINISTER)) {
            return true;
        }
        SecurityRealm realm = Jenkins.get().getSecurityRealm();
        if (isOneOf(names, someone.getName(), User.idStrategy())) {
            return true;
        }
        return someone.getAuthorities().stream()
                .map(GrantedAuthority::getAuthority)
                .anyMatch(group -> isOneOf(names, group, realm.getGroupIdStrategy()));
    }

    private static boolean isOneOf(List<String> names, String name, IdStrategy strategy) {
        return names.stream().anyMatch(candidate -> strategy.equals(candidate, name));
    }

    @Override
    public String toString() {
        return String.join(", ", names);
    }
}
