package io.jenkins.plugins.ecscanary.localaws.cloudformation.resource;

/**
 * What creating, updating and deleting a resource is, by the services' own operations. Called holding the world's lock.
 * What an operation refuses comes out as its {@link io.jenkins.plugins.ecscanary.localaws.wire.AwsError}.
 */
public interface ResourceHandler {

    /** Asks for it; when it is done, {@link #progress} says. */
    Created create(Wanted wanted);

    /** Gives an existing one all its properties, those included that did not change, as CloudFormation does. */
    Created update(Existing existing, Wanted wanted);

    /** Asks for its end; what is gone already is no error. */
    void destroy(Existing existing);

    /** Whether what was asked for is done. */
    default Progress progress(Existing existing) {
        return Progress.DONE;
    }

    /** Whether it is gone, after {@link #destroy}. */
    default Progress deletion(Existing existing) {
        return Progress.DONE;
    }

    /**
     * Whether an update that is refused has changed nothing, so that there is nothing to be taken back.
     */
    default boolean updatesAtOnce() {
        return false;
    }

    /** The service's name in the sentences CloudFormation writes, such as {@code AmazonECS}. */
    String service();

    /**
     * How far it is.
     *
     * @param failure why it will never be done, or null
     */
    record Progress(boolean done, String failure) {
        public static final Progress DONE = new Progress(true, null);
        public static final Progress UNDER_WAY = new Progress(false, null);

        public static Progress failed(String why) {
            return new Progress(true, why);
        }

        public static Progress when(boolean done) {
            return done ? DONE : UNDER_WAY;
        }
    }
}
