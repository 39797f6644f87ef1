package io.jenkins.plugins.ecscanary.engine.aws;

import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/** Asks for the keys at each call and keeps none. */
final class KeysProvider implements AwsCredentialsProvider {

    private final Supplier<AwsKeys> keys;

    KeysProvider(Supplier<AwsKeys> keys) {
        this.keys = keys;
    }

    @Override
    public AwsCredentials resolveCredentials() {
        AwsKeys now;
        try {
            now = keys.get();
        } catch (RuntimeException e) {
            throw new NoKeysException(e.getMessage(), e);
        }
        if (now == null) {
            throw new NoKeysException("none were supplied", null);
        }
        requireUsable("the access key id", now.accessKeyId());
        requireUsable("the secret access key", now.secretAccessKey());
        if (now.sessionToken() == null) {
            return AwsBasicCredentials.create(now.accessKeyId(), now.secretAccessKey());
        }
        requireUsable("the session token", now.sessionToken());
        return AwsSessionCredentials.create(now.accessKeyId(), now.secretAccessKey(), now.sessionToken());
    }

    /** Here and not in the HTTP client, whose message about a bad header would quote the token. */
    private static void requireUsable(String what, String value) {
        if (value.isEmpty()) {
            throw new NoKeysException(what + " is empty", null);
        }
        if (value.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw new NoKeysException(what + " contains white space or a character no key has", null);
        }
    }
}
