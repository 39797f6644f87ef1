package io.jenkins.plugins.ecscanary.localaws.elb;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import io.jenkins.plugins.ecscanary.localaws.wire.Operation;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** CreateLoadBalancer, DescribeLoadBalancers, DeleteLoadBalancer. */
final class LoadBalancerOperations {

    /** There is no name service here: this is where the listeners really are. */
    private static final String DNS_NAME = "127.0.0.1";
    /** There is no VPC here; the shape is AWS's. */
    private static final String VPC = "vpc-00000000000000000";

    private static final Duration PROVISIONING_MIN = Duration.ofSeconds(10);
    private static final Duration PROVISIONING_MAX = Duration.ofSeconds(30);

    private final World world;
    private final ElbState state;
    private final TagOperations tags;
    private final ListenerOperations listeners;

    LoadBalancerOperations(World world, ElbState state, TagOperations tags, ListenerOperations listeners) {
        this.world = world;
        this.state = state;
        this.tags = tags;
        this.listeners = listeners;
    }

    List<Operation<?, ?>> operations() {
        return List.of(
                Operation.of("CreateLoadBalancer", CreateLoadBalancerRequest.class, this::create),
                Operation.of("DescribeLoadBalancers", DescribeLoadBalancersRequest.class, this::describe),
                Operation.of("DeleteLoadBalancer", DeleteLoadBalancerRequest.class, this::delete));
    }

    private LoadBalancersResponse create(CreateLoadBalancerRequest in) {
        Require.name(in.name(), "load balancer");
        Require.only(in.type(), "application", "load balancer type");
        Require.only(in.ipAddressType(), "ipv4", "IP address type");
        String scheme = in.scheme() == null ? "internet-facing" : in.scheme();
        if (!List.of("internet-facing", "internal").contains(scheme)) {
            throw new AwsError("InvalidScheme", "The requested scheme '" + scheme + "' is not valid");
        }
        List<String> subnets = in.subnets() == null ? List.of() : List.copyOf(in.subnets());
        if (subnets.stream().distinct().count() < 2) {
            throw Require.invalid("At least two subnets in two different Availability Zones must be specified");
        }
        List<String> securityGroups = in.securityGroups() == null ? List.of() : List.copyOf(in.securityGroups());
        Optional<LoadBalancer> existing = byName(in.name());
        if (existing.isPresent()) {
            LoadBalancer same = existing.get();
            if (same.scheme.equals(scheme)
                    && same.subnets.equals(subnets)
                    && same.securityGroups.equals(securityGroups)) {
                return new LoadBalancersResponse(List.of(shown(same)), null);
            }
            throw new AwsError(
                    "DuplicateLoadBalancerName",
                    "A load balancer with the same name '" + in.name() + "' exists, but with different settings");
        }
        String dimension = "app/" + in.name() + "/" + world.ids().elb();
        String arn = world.arn("elasticloadbalancing", "loadbalancer/" + dimension);
        LoadBalancer created =
                new LoadBalancer(arn, in.name(), dimension, scheme, subnets, securityGroups, world.now());
        tags.put(arn, in.tags());
        state.loadBalancers.put(arn, created);
        world.log("elb load balancer %s provisioning", in.name());
        world.after(world.ids().between(PROVISIONING_MIN, PROVISIONING_MAX), () -> {
            if (state.loadBalancers.containsKey(arn)) {
                created.active = true;
                world.log("elb load balancer %s active", created.name);
            }
        });
        return new LoadBalancersResponse(List.of(shown(created)), null);
    }

    private LoadBalancersResponse describe(DescribeLoadBalancersRequest in) {
        List<LoadBalancer> found = new ArrayList<>();
        if (in.loadBalancerArns() != null && !in.loadBalancerArns().isEmpty()) {
            in.loadBalancerArns().forEach(arn -> found.add(state.loadBalancer(arn)));
        } else if (in.names() != null && !in.names().isEmpty()) {
            for (String name : in.names()) {
                found.add(byName(name)
                        .orElseThrow(() ->
                                new AwsError("LoadBalancerNotFound", "Load balancers '[" + name + "]' not found")));
            }
        } else {
            found.addAll(state.loadBalancers.values());
        }
        Page<LoadBalancer> page = Page.of(found, in.marker(), in.pageSize());
        return new LoadBalancersResponse(page.items().stream().map(this::shown).toList(), page.nextMarker());
    }

    private Empty delete(DeleteLoadBalancerRequest in) {
        Require.present(in.loadBalancerArn(), "load balancer ARN");
        LoadBalancer gone = state.loadBalancers.remove(in.loadBalancerArn());
        if (gone != null) { // deleting what is not there succeeds, as on AWS
            listeners.deleteOf(gone);
            state.tags.remove(gone.arn);
            world.log("elb load balancer %s deleted", gone.name);
        }
        return new Empty();
    }

    private Optional<LoadBalancer> byName(String name) {
        return state.loadBalancers.values().stream()
                .filter(balancer -> Objects.equals(balancer.name, name))
                .findFirst();
    }

    private LoadBalancerShown shown(LoadBalancer balancer) {
        List<AvailabilityZone> zones = new ArrayList<>();
        for (String subnet : balancer.subnets) {
            zones.add(new AvailabilityZone(world.region() + (char) ('a' + zones.size() % 3), subnet));
        }
        return new LoadBalancerShown(
                balancer.arn,
                DNS_NAME,
                "ZLOCALAWS",
                balancer.created,
                balancer.name,
                balancer.scheme,
                VPC,
                new LoadBalancerState(balancer.active ? "active" : "provisioning"),
                "application",
                zones,
                balancer.securityGroups,
                "ipv4");
    }

    record CreateLoadBalancerRequest(
            String name,
            List<String> subnets,
            List<String> securityGroups,
            String scheme,
            List<Tag> tags,
            String type,
            String ipAddressType) {}

    record DescribeLoadBalancersRequest(
            List<String> loadBalancerArns, List<String> names, String marker, Integer pageSize) {}

    record DeleteLoadBalancerRequest(String loadBalancerArn) {}

    record LoadBalancersResponse(List<LoadBalancerShown> loadBalancers, String nextMarker) {}

    record LoadBalancerShown(
            String loadBalancerArn,
            @JsonProperty("DNSName") String dnsName,
            String canonicalHostedZoneId,
            Instant createdTime,
            String loadBalancerName,
            String scheme,
            String vpcId,
            LoadBalancerState state,
            String type,
            List<AvailabilityZone> availabilityZones,
            List<String> securityGroups,
            String ipAddressType) {}

    record LoadBalancerState(String code) {}

    record AvailabilityZone(String zoneName, String subnetId) {}
}
