package io.jenkins.plugins.ecscanary.engine.observe;

/** The calls made before a deployment is observed, or to find it again, by the rate of AWS's that they count towards. */
enum StartCall {
    CODE_DEPLOY_READ,
    CREATE_DEPLOYMENT,
    SERVICES,
    TASK_DEFINITIONS,
    REGISTER_TASK_DEFINITION,
    TASKS,
    LOAD_BALANCING,
    ALARMS,
    PUT_ALARM
}
