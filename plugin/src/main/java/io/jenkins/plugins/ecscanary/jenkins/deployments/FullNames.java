package io.jenkins.plugins.ecscanary.jenkins.deployments;

/** Full names of jobs and folders, which have the names of what they are in in front. */
final class FullNames {

    private FullNames() {}

    /** Whether it is the name of an item, or of something in it. */
    static boolean isOrIsIn(String fullName, String item) {
        return fullName.equals(item) || fullName.startsWith(item + "/");
    }

    /** The name after an item has got another one: the same where it is not of that item, or of something in it. */
    static String renamed(String fullName, String oldItem, String newItem) {
        return isOrIsIn(fullName, oldItem) ? newItem + fullName.substring(oldItem.length()) : fullName;
    }
}
