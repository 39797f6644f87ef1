package io.jenkins.plugins.ecscanary.localaws.sts;

import io.jenkins.plugins.ecscanary.localaws.wire.CallContext;
import io.jenkins.plugins.ecscanary.localaws.wire.TemporaryKeys;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;

/** Who a caller is to AWS: a user, named as its access key, or the session of a role. */
record Identity(String arn, String userId) {

    static Identity of(CallContext caller, World world, TemporaryKeys keys) {
        return keys.find(caller.accessKeyId())
                .map(issued -> assumed(world, issued))
                .orElseGet(() -> new Identity(
                        "arn:aws:iam::" + world.account() + ":user/" + caller.accessKeyId(), caller.accessKeyId()));
    }

    static Identity assumed(World world, TemporaryKeys.Issued issued) {
        return new Identity(
                "arn:aws:sts::" + world.account() + ":assumed-role/" + issued.role() + "/" + issued.session(),
                roleId(issued.role()) + ":" + issued.session());
    }

    /** {@code AROA} and 17 letters or digits, always the same for the same role. */
    private static String roleId(String role) {
        String digits = UUID.nameUUIDFromBytes(role.getBytes(StandardCharsets.UTF_8))
                .toString()
                .replace("-", "");
        return "AROA" + digits.substring(0, 17).toUpperCase(Locale.ROOT);
    }
}
