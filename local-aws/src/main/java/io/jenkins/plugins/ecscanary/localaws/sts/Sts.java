package io.jenkins.plugins.ecscanary.localaws.sts;

import io.jenkins.plugins.ecscanary.localaws.wire.CallContext;
import io.jenkins.plugins.ecscanary.localaws.wire.Operation;
import io.jenkins.plugins.ecscanary.localaws.wire.ServiceApi;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.util.List;

/** STS: whose keys these are. */
public final class Sts {

    private final World world;

    public Sts(World world) {
        this.world = world;
    }

    public ServiceApi api() {
        return ServiceApi.query(
                "sts",
                "2011-06-15",
                "https://sts.amazonaws.com/doc/2011-06-15/",
                List.of(new Operation<>("GetCallerIdentity", GetCallerIdentity.class, this::callerIdentity)));
    }

    private CallerIdentity callerIdentity(GetCallerIdentity input, CallContext caller) {
        return new CallerIdentity(
                "arn:aws:iam::" + world.account() + ":user/" + caller.accessKeyId(),
                caller.accessKeyId(),
                world.account());
    }

    record GetCallerIdentity() {}

    record CallerIdentity(String arn, String userId, String account) {}
}
