package io.jenkins.plugins.ecscanary.jenkins.access;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import com.cloudbees.jenkins.plugins.awscredentials.AWSCredentialsImpl;
import com.cloudbees.plugins.credentials.CredentialsDescriptor;
import com.cloudbees.plugins.credentials.CredentialsScope;
import io.jenkins.plugins.ecscanary.engine.aws.AwsKeys;
import io.jenkins.plugins.ecscanary.jenkins.Pipelines;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/** A credential of another kind that gets temporary keys each time it is asked: it is asked when they are about to expire. */
@WithJenkins
class KeptSessionTest {

    private AwsCredential credential;

    @BeforeEach
    void lookItUp(JenkinsRule jenkins) {
        credential = new AwsCredential(CredentialsContext.ofJob("web"), "aws");
    }

    private AwsKeys keys() {
        return credential.keys().orElseThrow();
    }

    @Test
    void keysAreKeptWhileTheyLast() throws Exception {
        Temporary source = new Temporary(Duration.ofHours(1));
        Pipelines.add(source);
        assertThat(keys().accessKeyId(), is("ASIA1"));
        assertThat(keys().sessionToken(), is("token1"));
        assertThat(keys().accessKeyId(), is("ASIA1"));
        assertThat(source.asked.get(), is(1));
    }

    @Test
    void othersAreAskedForBeforeTheyExpire() throws Exception {
        Pipelines.add(new Temporary(Duration.ofMinutes(4)));
        assertThat(keys().accessKeyId(), is("ASIA1"));
        assertThat(keys().accessKeyId(), is("ASIA2"));
    }

    @Test
    void aCredentialThatIsChangedCountsAtOnce() throws Exception {
        Pipelines.add(new Temporary(Duration.ofHours(1)));
        keys();
        Pipelines.removeCredential();
        Temporary other = new Temporary(Duration.ofHours(1));
        other.asked.set(10);
        Pipelines.add(other);
        assertThat(keys().accessKeyId(), is("ASIA11"));
        Pipelines.removeCredential();
        Pipelines.add(new AWSCredentialsImpl(CredentialsScope.GLOBAL, "aws", "AKIAPLAIN", "secret", "plain"));
        assertThat(keys().accessKeyId(), is("AKIAPLAIN"));
    }

    /** The first ones are long gone; eight want others at once, and the only one that is asked for is for all. */
    @Test
    void whoeverComesFirstGetsThemForAll() throws Exception {
        Pipelines.add(new Temporary(Duration.ofMinutes(1)));
        keys();
        Pipelines.removeCredential();
        Temporary source = new Temporary(Duration.ofHours(1));
        Pipelines.add(source);
        CountDownLatch begin = new CountDownLatch(1);
        List<FutureTask<AwsKeys>> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            FutureTask<AwsKeys> one = new FutureTask<>(() -> {
                begin.await();
                return keys();
            });
            new Thread(one, "wants keys").start();
            all.add(one);
        }
        begin.countDown();
        for (FutureTask<AwsKeys> one : all) {
            assertThat(one.get().accessKeyId(), is("ASIA1"));
        }
        assertThat(source.asked.get(), is(1));
    }

    private static final class Temporary extends AWSCredentialsImpl {
        private static final long serialVersionUID = 1L;

        private final transient AtomicInteger asked = new AtomicInteger();
        private final transient Duration lasting;

        Temporary(Duration lasting) {
            super(CredentialsScope.GLOBAL, "aws", "unused", "unused", "of another kind");
            this.lasting = lasting;
        }

        @Override
        public AwsCredentials resolveCredentials() {
            int number = asked.incrementAndGet();
            return AwsSessionCredentials.builder()
                    .accessKeyId("ASIA" + number)
                    .secretAccessKey("secret")
                    .sessionToken("token" + number)
                    .expirationTime(Instant.now().plus(lasting))
                    .build();
        }

        @Override
        public CredentialsDescriptor getDescriptor() {
            return (CredentialsDescriptor) Jenkins.get().getDescriptorOrDie(AWSCredentialsImpl.class);
        }
    }
}
