package io.jenkins.plugins.ecscanary.jenkins.run;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
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

    /** Administrators may always, as with Pipeline's input step. */
    boolean include(Authentication someone) {
        if (names.isEmpty() || Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
            return true;
        }
        Set<String> groups = someone.getAuthorities().stream()
                .map(GrantedAuthority::getAuthority)
                .collect(Collectors.toSet());
        return names.stream().anyMatch(name -> name.equals(someone.getName()) || groups.contains(name));
    }

    @Override
    public String toString() {
        return String.join(", ", names);
    }
}
