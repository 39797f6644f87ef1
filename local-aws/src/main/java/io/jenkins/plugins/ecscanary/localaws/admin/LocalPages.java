package io.jenkins.plugins.ecscanary.localaws.admin;

import io.jenkins.plugins.ecscanary.localaws.ecr.Ecr;
import io.jenkins.plugins.ecscanary.localaws.faults.Faults;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** {@code /_local/}: what a local AWS has and AWS has not. */
public final class LocalPages {

    /** Below the endpoint. */
    public static final String PATH = PageResource.PATH;

    private LocalPages() {}

    /** The page, its document, the faults and what scans find. */
    public static Handler of(World world, StateDocument state, Faults faults, Ecr ecr) {
        return new Handler.Sequence(
                new PageResource(),
                new StateResource(world, state),
                new FaultsResource(faults),
                new ScanFindingsResource(ecr),
                new Nothing());
    }

    /** The faults alone. */
    public static Handler of(Faults faults) {
        return new Handler.Sequence(new FaultsResource(faults), new Nothing());
    }

    /** What else begins so is no AWS operation either. */
    private static final class Nothing extends Handler.Abstract.NonBlocking {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            if (!request.getHttpURI().getPath().startsWith(PATH)) {
                return false;
            }
            Answers.message(
                    404,
                    "there is /_local/, /_local/state, /_local/faults and /_local/scan-findings",
                    response,
                    callback);
            return true;
        }
    }
}
