package io.jenkins.plugins.ecscanary.jenkins.access;

import hudson.init.InitMilestone;
import hudson.init.Initializer;
import hudson.model.Item;
import hudson.security.Permission;
import hudson.security.PermissionGroup;
import hudson.security.PermissionScope;
import org.jvnet.localizer.Localizable;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.DoNotUse;

/** What can be done about a deployment, as rights of their own: whoever may cancel or build a job has them without being given. */
public final class CanaryPermissions {

    private static final PermissionGroup GROUP =
            new PermissionGroup(CanaryPermissions.class, Messages._CanaryPermissions_Group());

    /** To have AWS send all traffic to the original again. */
    public static final Permission ROLL_BACK =
            permission("RollBack", Messages._CanaryPermissions_RollBack(), Item.CANCEL);

    /** To have AWS end the wait it is in; a step's {@code approvers} narrow it. */
    public static final Permission PROMOTE = permission("Promote", Messages._CanaryPermissions_Promote(), Item.BUILD);

    /** To ship a recorded revision again. */
    public static final Permission REDEPLOY =
            permission("Redeploy", Messages._CanaryPermissions_Redeploy(), Item.BUILD);

    private CanaryPermissions() {}

    private static Permission permission(String name, Localizable text, Permission impliedBy) {
        return new Permission(GROUP, name, text, impliedBy, PermissionScope.RUN);
    }

    /** Makes them known before any authorization strategy is loaded that grants them. */
    @Restricted(DoNotUse.class)
    @Initializer(after = InitMilestone.PLUGINS_STARTED, before = InitMilestone.EXTENSIONS_AUGMENTED)
    public static void register() {
        ROLL_BACK.getId();
        PROMOTE.getId();
        REDEPLOY.getId();
    }
}
