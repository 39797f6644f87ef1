package io.jenkins.plugins.ecscanary.localaws.codedeploy;

import io.jenkins.plugins.ecscanary.localaws.wire.AwsError;
import io.jenkins.plugins.ecscanary.localaws.wire.Operation;
import io.jenkins.plugins.ecscanary.localaws.world.Page;
import io.jenkins.plugins.ecscanary.localaws.world.World;
import java.time.Instant;
import java.util.List;

/** CreateApplication, GetApplication, BatchGetApplications, ListApplications, UpdateApplication, DeleteApplication. */
final class ApplicationOperations {

    private static final int LARGEST_BATCH = 100;

    private final World world;
    private final Applications applications;
    private final Tags tags;

    ApplicationOperations(World world, Applications applications, Tags tags) {
        this.world = world;
        this.applications = applications;
        this.tags = tags;
    }

    List<Operation<?, ?>> operations() {
        return List.of(
                Operation.of("CreateApplication", CreateApplication.class, this::create),
                Operation.of("GetApplication", ApplicationName.class, this::get),
                Operation.of("BatchGetApplications", BatchGetApplications.class, this::batchGet),
                Operation.of("ListApplications", ListApplications.class, this::list),
                Operation.of("UpdateApplication", UpdateApplication.class, this::update),
                Operation.of("DeleteApplication", ApplicationName.class, this::delete));
    }

    private CreatedApplication create(CreateApplication in) {
        Names.require(in.applicationName, "Application");
        ConfigOperations.requireEcs(in.computePlatform);
        List<Tags.Tag> checked = Tags.checked(in.tags);
        Application application =
                new Application(in.applicationName, world.ids().uuid(), world.now());
        applications.add(application);
        tags.put(tags.applicationArn(application.name), checked);
        world.log("codedeploy application %s created", application.name);
        return new CreatedApplication(application.id);
    }

    private ApplicationAnswer get(ApplicationName in) {
        return new ApplicationAnswer(ApplicationInfo.of(applications.get(in.applicationName)));
    }

    /** Those that do not exist are left out. */
    private ApplicationsAnswer batchGet(BatchGetApplications in) {
        if (in.applicationNames == null || in.applicationNames.isEmpty()) {
            throw new AwsError("ApplicationNameRequiredException", "At least one application name is required");
        }
        if (in.applicationNames.size() > LARGEST_BATCH) {
            throw new AwsError(
                    "BatchLimitExceededException",
                    "The maximum number of application names is " + LARGEST_BATCH + ": " + in.applicationNames.size());
        }
        in.applicationNames.forEach(name -> Names.require(name, "Application"));
        return new ApplicationsAnswer(in.applicationNames.stream()
                .flatMap(name -> applications.find(name).stream())
                .map(ApplicationInfo::of)
                .toList());
    }

    private ApplicationNames list(ListApplications in) {
        Page<String> page = Pages.of(applications.names(), in.nextToken);
        return new ApplicationNames(page.items(), page.nextToken());
    }

    private Done update(UpdateApplication in) {
        Application application = applications.get(in.applicationName);
        if (in.newApplicationName != null && !in.newApplicationName.equals(in.applicationName)) {
            Names.require(in.newApplicationName, "Application");
            applications.rename(application, in.newApplicationName);
            tags.moveApplication(in.applicationName, in.newApplicationName);
            world.log("codedeploy application %s is now %s", in.applicationName, in.newApplicationName);
        }
        return new Done();
    }

    /** One that does not exist is deleted without complaint: AWS documents no error for it. Deployments run on. */
    private Done delete(ApplicationName in) {
        Names.require(in.applicationName, "Application");
        applications.find(in.applicationName).ifPresent(application -> {
            applications.remove(application);
            tags.forgetApplication(application.name);
            world.log(
                    "codedeploy application %s deleted, with %d deployment groups",
                    application.name, application.groups.size());
        });
        return new Done();
    }

    record CreateApplication(String applicationName, String computePlatform, List<Tags.Tag> tags) {}

    record CreatedApplication(String applicationId) {}

    record ApplicationName(String applicationName) {}

    record ApplicationAnswer(ApplicationInfo application) {}

    record ApplicationInfo(
            String applicationId,
            String applicationName,
            Instant createTime,
            boolean linkedToGitHub,
            String computePlatform) {

        static ApplicationInfo of(Application application) {
            return new ApplicationInfo(application.id, application.name, application.createTime, false, "ECS");
        }
    }

    record BatchGetApplications(List<String> applicationNames) {}

    record ApplicationsAnswer(List<ApplicationInfo> applicationsInfo) {}

    record ListApplications(String nextToken) {}

    record ApplicationNames(List<String> applications, String nextToken) {}

    record UpdateApplication(String applicationName, String newApplicationName) {}

    record Done() {}
}
