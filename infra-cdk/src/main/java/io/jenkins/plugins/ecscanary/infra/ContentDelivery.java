package io.jenkins.plugins.ecscanary.infra;

import io.jenkins.plugins.ecscanary.infra.settings.Settings;
import java.util.List;
import software.amazon.awscdk.services.cloudfront.CachePolicy;
import software.amazon.awscdk.services.cloudfront.CfnDistribution;
import software.amazon.awscdk.services.cloudfront.CfnDistribution.CacheBehaviorProperty;
import software.amazon.awscdk.services.cloudfront.CfnDistribution.CustomErrorResponseProperty;
import software.amazon.awscdk.services.cloudfront.CfnDistribution.CustomOriginConfigProperty;
import software.amazon.awscdk.services.cloudfront.CfnDistribution.DefaultCacheBehaviorProperty;
import software.amazon.awscdk.services.cloudfront.CfnDistribution.DistributionConfigProperty;
import software.amazon.awscdk.services.cloudfront.CfnDistribution.OriginProperty;
import software.amazon.awscdk.services.cloudfront.CfnDistribution.ViewerCertificateProperty;
import software.amazon.awscdk.services.cloudfront.CfnOriginRequestPolicy;
import software.amazon.awscdk.services.cloudfront.OriginRequestPolicy;
import software.constructs.Construct;

/**
 * CloudFront before the load balancer, HTTPS for viewers in any case. It keeps nothing but the paths that the settings name, no
 * errors either: what a deployment is judged by, and the share of requests that its version gets, is what the load balancer sees.
 *
 * <p>Who goes around it is kept out by {@link SecurityGroups}, by CloudFront's own addresses. A secret header would also keep out
 * other people's distributions: it is not used, since these get nothing but the public service, by the same firewall (which is
 * at the load balancer), and the secret would be a condition in the very listener rules whose weights deployments change.
 */
public final class ContentDelivery extends Construct {

    private static final String ORIGIN = "load-balancer";
    /** As long as the load balancer itself waits for a task. */
    private static final int READ_SECONDS = 60;

    private static final List<Integer> ERRORS = List.of(400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504);
    private static final List<String> READING = List.of("GET", "HEAD", "OPTIONS");
    private static final List<String> ALL = List.of("GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE");

    private final CfnDistribution distribution;
    private final String url;

    public ContentDelivery(Construct scope, Settings settings, Settings.Cdn cdn, Ingress ingress) {
        super(scope, "ContentDelivery");
        boolean secure = settings.traffic().certificate().isPresent();
        DistributionConfigProperty.Builder config = DistributionConfigProperty.builder()
                .enabled(true)
                .comment(settings.names().service())
                .httpVersion("http2and3")
                .ipv6Enabled(true)
                .origins(List.of(OriginProperty.builder()
                        .id(ORIGIN)
                        .domainName(ingress.loadBalancer().getAttrDnsName())
                        .customOriginConfig(CustomOriginConfigProperty.builder()
                                .originProtocolPolicy(secure ? "https-only" : "http-only")
                                .originSslProtocols(List.of("TLSv1.2"))
                                .originReadTimeout(READ_SECONDS)
                                .build())
                        .build()))
                .defaultCacheBehavior(DefaultCacheBehaviorProperty.builder()
                        .targetOriginId(ORIGIN)
                        .viewerProtocolPolicy("redirect-to-https")
                        .allowedMethods(ALL)
                        .cachePolicyId(CachePolicy.CACHING_DISABLED.getCachePolicyId())
                        // With the Host header, which the load balancer's certificate is for.
                        .originRequestPolicyId(OriginRequestPolicy.ALL_VIEWER.getOriginRequestPolicyId())
                        .compress(true)
                        .build())
                // Which CloudFront else keeps for ten seconds: others would get them, and no alarm would see them.
                .customErrorResponses(ERRORS.stream()
                        .map(code -> CustomErrorResponseProperty.builder()
                                .errorCode(code)
                                .errorCachingMinTtl(0)
                                .build())
                        .toList())
                .viewerCertificate(
                        cdn.name().map(ContentDelivery::own).orElseGet(() -> ViewerCertificateProperty.builder()
                                .cloudFrontDefaultCertificate(true)
                                .build()));
        cdn.name().ifPresent(name -> config.aliases(List.of(name.domain())));
        if (!cdn.cachedPaths().isEmpty()) {
            String host = hostOnly(settings);
            config.cacheBehaviors(
                    cdn.cachedPaths().stream().map(path -> cached(path, host)).toList());
        }
        distribution = CfnDistribution.Builder.create(this, "Distribution")
                .distributionConfig(config.build())
                .build();
        url = "https://" + cdn.name().map(Settings.OwnName::domain).orElse(distribution.getAttrDomainName());
        acceptFindings(cdn, secure);
    }

    private static ViewerCertificateProperty own(Settings.OwnName name) {
        return ViewerCertificateProperty.builder()
                .acmCertificateArn(name.certificate())
                .sslSupportMethod("sni-only")
                .minimumProtocolVersion("TLSv1.2_2021")
                .build();
    }

    /** Cookies and query are not in the key of what is kept, so nothing may depend on them. */
    private String hostOnly(Settings settings) {
        return CfnOriginRequestPolicy.Builder.create(this, "HostOnly")
                .originRequestPolicyConfig(CfnOriginRequestPolicy.OriginRequestPolicyConfigProperty.builder()
                        .name(settings.names().cluster() + "-"
                                + settings.names().service() + "-host-only")
                        .headersConfig(CfnOriginRequestPolicy.HeadersConfigProperty.builder()
                                .headerBehavior("whitelist")
                                .headers(List.of("Host"))
                                .build())
                        .cookiesConfig(CfnOriginRequestPolicy.CookiesConfigProperty.builder()
                                .cookieBehavior("none")
                                .build())
                        .queryStringsConfig(CfnOriginRequestPolicy.QueryStringsConfigProperty.builder()
                                .queryStringBehavior("none")
                                .build())
                        .build())
                .build()
                .getRef();
    }

    private static CacheBehaviorProperty cached(String path, String originRequestPolicy) {
        return CacheBehaviorProperty.builder()
                .pathPattern(path)
                .targetOriginId(ORIGIN)
                .viewerProtocolPolicy("redirect-to-https")
                .allowedMethods(READING)
                .cachePolicyId(CachePolicy.CACHING_OPTIMIZED.getCachePolicyId())
                .originRequestPolicyId(originRequestPolicy)
                .compress(true)
                .build();
    }

    private void acceptFindings(Settings.Cdn cdn, boolean secure) {
        Nag.accept(
                distribution,
                "AwsSolutions-CFR1",
                "Where the service may be used from is not the infrastructure's to know.");
        Nag.accept(
                distribution,
                "AwsSolutions-CFR2",
                "The firewall, where the setting waf has one, is at the load balancer: there nobody goes around it.");
        Nag.accept(
                distribution,
                "AwsSolutions-CFR3",
                "The reference architecture keeps no access logs: they would take a bucket that grows with the traffic.");
        if (cdn.name().isEmpty()) {
            Nag.accept(
                    distribution,
                    "AwsSolutions-CFR4",
                    "A domain and a certificate of one's own are settings; with CloudFront's own name its certificate says"
                            + " which TLS there is.");
        }
        if (!secure) {
            Nag.accept(
                    distribution,
                    "AwsSolutions-CFR5",
                    "Without the setting certificate the load balancer has no HTTPS that CloudFront could ask for.");
        }
    }

    /** CloudFront's own, which a domain of one's own has to point to. */
    String domainName() {
        return distribution.getAttrDomainName();
    }

    /** For viewers. */
    String url() {
        return url;
    }
}
