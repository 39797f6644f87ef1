package io.jenkins.plugins.ecscanary.engine.aws;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A container image's name.
 *
 * @param repository with the registry's host, as far as one is given
 * @param tag or null
 * @param digest {@code sha256:…}, or null
 */
public record ImageReference(String repository, String tag, String digest) {

    private static final Pattern REPOSITORY = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/-]*[A-Za-z0-9]|[A-Za-z0-9]");
    private static final Pattern TAG = Pattern.compile("\\w[\\w.-]{0,127}");
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");
    private static final Pattern ECR = Pattern.compile(
            "(\\d{12})\\.dkr[.-]ecr(?:-fips)?\\.([a-z0-9-]+)\\.(?:amazonaws\\.com(?:\\.cn)?|on\\.aws|on\\.amazonwebservices\\.com\\.cn)/(.+)");

    /** @throws IllegalArgumentException naming what is wrong with it */
    public static ImageReference parse(String image) {
        String name = image;
        String digest = null;
        int at = image.indexOf('@');
        if (at >= 0) {
            name = image.substring(0, at);
            digest = image.substring(at + 1);
            if (!DIGEST.matcher(digest).matches()) {
                throw new IllegalArgumentException(
                        "image \"" + image + "\": \"" + digest + "\" is no digest (sha256: and 64 hexadecimal digits)");
            }
        }
        String tag = null;
        int colon = name.indexOf(':', name.lastIndexOf('/') + 1);
        if (colon >= 0) {
            tag = name.substring(colon + 1);
            name = name.substring(0, colon);
            if (!TAG.matcher(tag).matches()) {
                throw new IllegalArgumentException("image \"" + image + "\": \"" + tag + "\" is no tag");
            }
        }
        if (!REPOSITORY.matcher(name).matches()) {
            throw new IllegalArgumentException("image \"" + image + "\": \"" + name + "\" is no repository name");
        }
        return new ImageReference(name, tag, digest);
    }

    /** Where it is in ECR; empty for any other registry. */
    public Optional<Ecr> ecr() {
        Matcher matcher = ECR.matcher(repository);
        return matcher.matches()
                ? Optional.of(new Ecr(matcher.group(1), matcher.group(2), matcher.group(3)))
                : Optional.empty();
    }

    /** The tag asked for; without tag and digest that is {@code latest}. */
    public String effectiveTag() {
        return tag == null && digest == null ? "latest" : tag;
    }

    /** The same image by digest, which no later push changes. */
    public String pinned(String sha256) {
        return repository + "@" + sha256;
    }

    /**
     * A private ECR repository.
     *
     * @param account twelve digits
     * @param repository without the registry's host
     */
    public record Ecr(String account, String region, String repository) {}
}
