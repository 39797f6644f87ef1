package io.jenkins.plugins.ecscanary.localaws.sts;

import io.jenkins.plugins.ecscanary.localaws.wire.CallContext;
import io.jenkins.plugins.ecscanary.localaws.wire.Operation;
import io.jenkins.plugins.ecscanary.localaws.wire.ServiceApi;
import io.jenkins.plugins.ecscanary.localaws.wire.TemporaryKeys;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.util.List;

/** STS: whose keys these are, and keys of a role. */
public final class Sts {

    private final World world;
    private final TemporaryKeys keys;
    private final Roles roles;

    /** @param keys where those for assumed roles go; the wire lets them in if its access keys know of these */
    public Sts(World world, TemporaryKeys keys, Roles roles) {
        this.world = world;
        this.keys = keys;
        this.roles = roles;
    }

    public ServiceApi api() {
        return ServiceApi.query(
                "sts",
                "2011-06-15",
                "https://sts.amazonaws.com/doc/2011-06-15/",
                List.of(
                        new Operation<>("GetCallerIdentity", GetCallerIdentity.class, this::callerIdentity),
                        new AssumeRole(world, keys, roles).operation()));
    }

    private CallerIdentity callerIdentity(GetCallerIdentity input, CallContext caller) {
        Identity identity = Identity.of(caller, world, keys);
        return new CallerIdentity(identity.arn(), identity.userId(), world.account());
    }

    record GetCallerIdentity() {}

    record CallerIdentity(String arn, String userId, String account) {}
}
