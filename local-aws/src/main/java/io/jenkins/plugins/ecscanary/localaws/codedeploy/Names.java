package io.jenkins.plugins.ecscanary.localaws.codedeploy;

import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import java.util.regex.Pattern;

/**
 * What CodeDeploy takes as a name of an application, a deployment group or a deployment configuration.
 *
 * @see <a href="https://docs.aws.amazon.com/codedeploy/latest/userguide/limits.html">CodeDeploy limits: lengths and
 *     characters</a>
 */
final class Names {

    private static final int LONGEST = 100;
    private static final Pattern CHARACTERS = Pattern.compile("[A-Za-z0-9._+=,@-]+");

    private Names() {}

    /**
     * @param kind the exceptions' prefix, such as {@code Application} or {@code DeploymentGroup}
     * @throws AwsError {@code <kind>NameRequiredException}, {@code Invalid<kind>NameException}
     */
    static void require(String name, String kind) {
        if (name == null || name.isEmpty()) {
            throw new AwsError(kind + "NameRequiredException", kind + " name is required");
        }
        if (name.length() > LONGEST) {
            throw invalid(kind, kind + " name is longer than " + LONGEST + " characters");
        }
        if (!CHARACTERS.matcher(name).matches()) {
            throw invalid(
                    kind, kind + " name " + name + " has characters other than letters, digits and . _ + = , @ -");
        }
    }

    static AwsError invalid(String kind, String why) {
        return new AwsError("Invalid" + kind + "NameException", why);
    }
}
