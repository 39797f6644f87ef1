package io.jenkins.plugins.ecscanary.localaws.codedeploy;

import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import io.jenkins.plugins.ecscanary.localaws.world.Page;
import java.util.List;

/** CodeDeploy's lists take no page size: a page has a hundred items, and a bad token an error of its own. */
final class Pages {

    static final int SIZE = 100;

    private Pages() {}

    /** @throws AwsError InvalidNextTokenException */
    static <T> Page<T> of(List<T> all, String token) {
        if (token != null && !token.matches("[0-9]{1,9}")) {
            throw invalidToken();
        }
        return Page.of(all, token, null, SIZE);
    }

    static AwsError invalidToken() {
        return new AwsError("InvalidNextTokenException", "The next token was specified in an invalid format.");
    }
}
