package io.jenkins.plugins.ecscanary.jenkins.scan.step;

import hudson.Launcher;
import hudson.remoting.Channel;

/** A node that went away under a scan. Whatever fails then, fails because of that. */
final class LostNode {

    private LostNode() {}

    private static boolean is(Launcher launcher) {
        return launcher.getChannel() instanceof Channel channel && channel.isClosingOrClosed();
    }

    /**
     * Why something failed, in one sentence.
     *
     * @param place the node, for people
     * @param otherwise why it did if the node is still there
     */
    static String or(Launcher launcher, String place, String otherwise) {
        return is(launcher) ? Messages.LostNode_Lost(place) : otherwise;
    }
}
