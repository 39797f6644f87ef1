package io.jenkins.plugins.ecscanary.infra.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What can't be together with CloudFront, and what can't be without it. */
final class CloudFrontRules {

    /** Of the 60 rules that a security group may have by default, CloudFront's prefix list counts for 55. */
    private static final int MOST_TEST_CIDRS = 5;

    private final Map<Setting, Object> values;
    private final List<String> problems = new ArrayList<>();

    private CloudFrontRules(Map<Setting, Object> values) {
        this.values = values;
    }

    /** @param values of the right types, those with a usual value all there */
    static List<String> problems(Map<Setting, Object> values) {
        CloudFrontRules rules = new CloudFrontRules(values);
        if (rules.has(Setting.CLOUDFRONT_PREFIX_LIST)) {
            rules.with();
        } else {
            rules.without();
        }
        return rules.problems;
    }

    private void without() {
        Stream.of(Setting.CLOUDFRONT_DOMAIN, Setting.CLOUDFRONT_CERTIFICATE, Setting.CLOUDFRONT_CACHED_PATHS)
                .filter(this::has)
                .forEach(setting -> problems.add(setting.context()
                        + ": there is no CloudFront without cloudFrontPrefixList; set it, or leave this out"));
    }

    private void with() {
        List<Setting> secure = Stream.of(Setting.CERTIFICATE, Setting.CLOUDFRONT_DOMAIN, Setting.CLOUDFRONT_CERTIFICATE)
                .filter(this::has)
                .toList();
        if (secure.size() == 1 || secure.size() == 2) {
            problems.add(
                    "cloudFrontDomain: CloudFront asks the load balancer by the name that viewers use, so its certificate"
                            + " and the load balancer's are both for that name; set certificate, cloudFrontDomain and"
                            + " cloudFrontCertificate, or none of them");
        }
        if (has(Setting.CLOUDFRONT_CERTIFICATE)) {
            String arn = (String) values.get(Setting.CLOUDFRONT_CERTIFICATE);
            if (!arn.split(":", -1)[3].equals("us-east-1")) {
                problems.add("cloudFrontCertificate: " + arn
                        + " is not in us-east-1, and CloudFront takes certificates from there only");
            }
        }
        Object test = values.get(Setting.TEST_LISTENER_CIDRS);
        if (test instanceof List<?> cidrs && cidrs.size() > MOST_TEST_CIDRS) {
            problems.add(
                    "testListenerCidrs: CloudFront's prefix list counts for 55 of the 60 rules that a security group may"
                            + " have, which leaves " + MOST_TEST_CIDRS + "; got " + cidrs.size());
        }
    }

    private boolean has(Setting setting) {
        return values.containsKey(setting);
    }
}
