package io.jenkins.plugins.ecscanary.localaws.codedeploy;

import io.jenkins.plugins.ecscanary.localaws.cloudwatch.AlarmSource;
import io.jenkins.plugins.ecscanary.localaws.ecs.ServiceControl;
import io.jenkins.plugins.ecscanary.localaws.elb.LoadBalancing;
import io.jenkins.plugins.ecscanary.localaws.function.Functions;
import io.jenkins.plugins.ecscanary.localaws.world.World;

/** Whom CodeDeploy works with, and how fast. */
record Neighbours(
        World world,
        ServiceControl ecs,
        LoadBalancing elb,
        AlarmSource alarms,
        Functions functions,
        CodeDeployTimings timings) {}
