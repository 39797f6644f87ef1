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

/**
 * CreateLoadBalancer, DescribeLoadBalancers, DeleteLoadBalancer, and SetSubnets, SetSecurityGroups and SetIpAddressType, whose
 * values are kept and shown: there is no network here that they could change.
 */
final class LoadBalancerOperations {

    /** There is no name service here: this is where the listeners really are. */
    private static final String DNS_NAME = "127.0.0.1";
    /** There is no VPC here; the shape is AWS's. */
    private static final String VPC = "vpc-00000000000000000";

    private static final int MOST_BALANCERS = 50;
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
                Operation.of("DeleteLoadBalancer", DeleteLoadBalancerRequest.class, this::delete),
                Operation.of("SetSubnets", SetSubnetsRequest.class, this::setSubnets),
                Operation.of("SetSecurityGroups", SetSecurityGroupsRequest.class, this::setSecurityGroups),
                Operation.of("SetIpAddressType", SetIpAddressTypeRequest.class, this::setIpAddressType));
    }

    private LoadBalancersResponse create(CreateLoadBalancerRequest in) {
        Require.name(in.name(), "load balancer");
        Require.only(in.type(), "application", "load balancer type");
        Require.only(in.ipAddressType(), "ipv4", "IP address type");
        String scheme = in.scheme() == null ? "internet-facing" : in.scheme();
        if (!List.of("internet-facing", "internal").contains(scheme)) {
            throw new AwsError("InvalidScheme", "The requested scheme '" + scheme + "' is not valid");
        }
        List<String> subnets = twoZones(in.subnets());
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
        if (state.loadBalancers.size() >= MOST_BALANCERS) {
            throw new AwsError(
                    "TooManyLoadBalancers", "An account can have " + MOST_BALANCERS + " load balancers at most");
        }
        String dimension = "app/" + in.name() + "/" + world.ids().elb();
        String arn = world.arn("elasticloadbalancing", "loadbalancer/" + dimension);
        LoadBalancer created =
                new LoadBalancer(arn, in.name(), dimension, scheme, subnets, securityGroups, world.now());
        tags.set(arn, tags.checked(arn, in.tags()));
        state.loadBalancers.put(arn, created);
        provision(created);
        return new LoadBalancersResponse(List.of(shown(created)), null);
    }

    /** It is active some time later. */
    void provision(LoadBalancer balancer) {
        world.log("elb load balancer %s provisioning", balancer.name);
        world.after(world.ids().between(PROVISIONING_MIN, PROVISIONING_MAX), () -> {
            if (state.loadBalancers.get(balancer.arn) == balancer) {
                balancer.active = true;
                world.log("elb load balancer %s active", balancer.name);
            }
        });
    }

    private static List<String> twoZones(List<String> given) {
        List<String> subnets = given == null ? List.of() : List.copyOf(given);
        if (subnets.stream().distinct().count() < 2) {
            throw Require.invalid("At least two subnets in two different Availability Zones must be specified");
        }
        return subnets;
    }

    private LoadBalancersResponse describe(DescribeLoadBalancersRequest in) {
        List<LoadBalancer> found = new ArrayList<>();
        Require.atMostOne(
                "load balancer ARNs and names",
                in.loadBalancerArns() != null && !in.loadBalancerArns().isEmpty(),
                in.names() != null && !in.names().isEmpty());
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
        LoadBalancer gone = state.loadBalancers.get(in.loadBalancerArn());
        if (gone != null) { // deleting what is not there succeeds, as on AWS
            if (gone.attributes.isProtected()) {
                throw new AwsError(
                        "OperationNotPermitted",
                        "Load balancer '" + gone.arn + "' cannot be deleted because deletion protection is enabled");
            }
            state.loadBalancers.remove(gone.arn);
            listeners.deleteOf(gone);
            state.tags.remove(gone.arn);
            world.log("elb load balancer %s deleted", gone.name);
        }
        return new Empty();
    }

    private SetSubnetsResponse setSubnets(SetSubnetsRequest in) {
        LoadBalancer balancer = state.loadBalancer(in.loadBalancerArn());
        Require.only(in.ipAddressType(), "ipv4", "IP address type");
        balancer.subnets = twoZones(in.subnets());
        return new SetSubnetsResponse(zones(balancer), "ipv4");
    }

    private SetSecurityGroupsResponse setSecurityGroups(SetSecurityGroupsRequest in) {
        LoadBalancer balancer = state.loadBalancer(in.loadBalancerArn());
        if (in.securityGroups() == null || in.securityGroups().isEmpty()) {
            throw Require.invalid("At least one security group must be specified");
        }
        balancer.securityGroups = List.copyOf(in.securityGroups());
        return new SetSecurityGroupsResponse(balancer.securityGroups);
    }

    private SetIpAddressTypeResponse setIpAddressType(SetIpAddressTypeRequest in) {
        state.loadBalancer(in.loadBalancerArn());
        Require.only(Require.present(in.ipAddressType(), "IP address type"), "ipv4", "IP address type");
        return new SetIpAddressTypeResponse("ipv4");
    }

    private Optional<LoadBalancer> byName(String name) {
        return state.loadBalancers.values().stream()
                .filter(balancer -> Objects.equals(balancer.name, name))
                .findFirst();
    }

    private List<AvailabilityZone> zones(LoadBalancer balancer) {
        List<AvailabilityZone> zones = new ArrayList<>();
        for (String subnet : balancer.subnets) {
            zones.add(new AvailabilityZone(world.region() + (char) ('a' + zones.size() % 3), subnet));
        }
        return zones;
    }

    private LoadBalancerShown shown(LoadBalancer balancer) {
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
                zones(balancer),
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

    record SetSubnetsRequest(String loadBalancerArn, List<String> subnets, String ipAddressType) {}

    record SetSubnetsResponse(List<AvailabilityZone> availabilityZones, String ipAddressType) {}

    record SetSecurityGroupsRequest(String loadBalancerArn, List<String> securityGroups) {}

    record SetSecurityGroupsResponse(List<String> securityGroupIds) {}

    record SetIpAddressTypeRequest(String loadBalancerArn, String ipAddressType) {}

    record SetIpAddressTypeResponse(String ipAddressType) {}

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
