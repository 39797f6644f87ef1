package io.jenkins.plugins.ecscanary.localaws.cloudformation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a stack is to be made of.
 *
 * @param template as it was given
 * @param parameters a value for each of its parameters
 * @param tags of the stack, and so of its resources
 * @param roleArn as it was given; there is no IAM here that it could matter to
 */
record Definition(
        String template,
        Map<String, String> parameters,
        Map<String, String> tags,
        List<String> capabilities,
        String roleArn) {
    Definition {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
        capabilities = List.copyOf(capabilities);
    }
}
