package io.jenkins.plugins.ecscanary.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

@RequiresNode
class ContentDeliveryTest {

    private static final String CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/2";

    private static final Map<String, String> OWN_NAME = Map.of(
            "cloudFrontPrefixList", "pl-a3a144ac",
            "cloudFrontDomain", "www.example.com",
            "cloudFrontCertificate", CERTIFICATE,
            "certificate", "arn:aws:acm:eu-central-1:123456789012:certificate/1");

    private final Resources stack = Synth.of(Map.of("cloudFrontPrefixList", "pl-a3a144ac"));
    private final JsonNode config = config(stack);

    private static JsonNode config(Resources stack) {
        return stack.only("AWS::CloudFront::Distribution").path("DistributionConfig");
    }

    @Test
    void viewersGetHttpsByCloudFrontsNameAndCertificate() {
        assertThat(config.at("/DefaultCacheBehavior/ViewerProtocolPolicy").asText())
                .isEqualTo("redirect-to-https");
        assertThat(config.at("/ViewerCertificate/CloudFrontDefaultCertificate").asBoolean())
                .isTrue();
        assertThat(config.has("Aliases")).isFalse();
        assertThat(stack.template().at("/Outputs/Url/Value").toString())
                .contains("https://", stack.id("ContentDeliveryDistribution"), "DomainName");
    }

    @Test
    void theLoadBalancerIsAskedOverWhatItHas() {
        assertThat(config.at("/Origins/0/DomainName/Fn::GetAtt/0").asText()).isEqualTo(stack.id("IngressLoadBalancer"));
        assertThat(config.at("/Origins/0/CustomOriginConfig/OriginProtocolPolicy")
                        .asText())
                .isEqualTo("http-only");
        assertThat(config(Synth.of(OWN_NAME))
                        .at("/Origins/0/CustomOriginConfig/OriginProtocolPolicy")
                        .asText())
                .isEqualTo("https-only");
    }

    /** A kept answer would be of another version than the one whose turn it is, and no alarm would count it. */
    @Test
    void nothingIsKeptNotEvenErrors() {
        assertThat(config.at("/DefaultCacheBehavior/CachePolicyId").asText())
                .as("Managed-CachingDisabled")
                .isEqualTo("4135ea2d-6df8-44a3-9df3-4b5a84be39ad");
        assertThat(config.at("/DefaultCacheBehavior/OriginRequestPolicyId").asText())
                .as("Managed-AllViewer, with the Host header")
                .isEqualTo("216adef6-5c7f-47e4-b989-5492eafa07d3");
        assertThat(config.path("CustomErrorResponses"))
                .hasSize(11)
                .allMatch(response -> response.path("ErrorCachingMinTTL").asInt(-1) == 0);
        assertThat(config.has("CacheBehaviors")).isFalse();
    }

    @Test
    void whatSettingsNameIsKeptByItsPathAlone() {
        Resources cached = Synth.of(
                Map.of("cloudFrontPrefixList", "pl-a3a144ac", "cloudFrontCachedPaths", "/static/*,/favicon.ico"));
        JsonNode behaviors = config(cached).path("CacheBehaviors");
        assertThat(behaviors)
                .extracting(behavior -> behavior.path("PathPattern").asText())
                .containsExactly("/static/*", "/favicon.ico");
        for (JsonNode behavior : behaviors) {
            assertThat(behavior.at("/OriginRequestPolicyId/Ref").asText())
                    .isEqualTo(cached.id("ContentDeliveryHostOnly"));
            assertThat(Resources.texts(behavior.path("AllowedMethods"))).containsExactly("GET", "HEAD", "OPTIONS");
        }
        assertThat(cached.only("AWS::CloudFront::OriginRequestPolicy").toString())
                .contains("\"Headers\":[\"Host\"]", "\"CookieBehavior\":\"none\"", "\"QueryStringBehavior\":\"none\"");
    }

    @Test
    void aNameOfOnesOwnIsWithCertificatesOnBothSides() {
        Resources own = Synth.of(OWN_NAME);
        assertThat(Resources.texts(config(own).path("Aliases"))).containsExactly("www.example.com");
        assertThat(config(own).at("/ViewerCertificate/AcmCertificateArn").asText())
                .isEqualTo(CERTIFICATE);
        assertThat(config(own).at("/ViewerCertificate/MinimumProtocolVersion").asText())
                .isEqualTo("TLSv1.2_2021");
        assertThat(own.template().at("/Outputs/Url/Value").asText()).isEqualTo("https://www.example.com");
        assertThat(own.template()
                        .at("/Outputs/CloudFrontName/Value/Fn::GetAtt/1")
                        .asText())
                .isEqualTo("DomainName");
    }

    @Test
    void nobodyElseReachesTheLoadBalancerOnOnePortOfIt() {
        assertThat(reached(stack)).isEqualTo("[\"pl-a3a144ac:80\"]");
        assertThat(reached(Synth.of(OWN_NAME))).isEqualTo("[\"pl-a3a144ac:443\"]");
        Map<String, String> tested = new HashMap<>(OWN_NAME);
        tested.put("testListenerCidrs", "203.0.113.0/24");
        assertThat(reached(Synth.of(tested))).isEqualTo("[\"pl-a3a144ac:443\",\"203.0.113.0/24:9001\"]");
    }

    private static String reached(Resources stack) {
        StringBuilder all = new StringBuilder();
        for (JsonNode rule : stack.of("SecurityGroupsLoadBalancer").path("SecurityGroupIngress")) {
            all.append(all.isEmpty() ? "" : ",")
                    .append('"')
                    .append(rule.path("SourcePrefixListId").asText())
                    .append(rule.path("CidrIp").asText())
                    .append(':')
                    .append(rule.path("FromPort").asInt())
                    .append('"');
            assertThat(rule.path("ToPort")).isEqualTo(rule.path("FromPort"));
        }
        return "[" + all + "]";
    }
}
