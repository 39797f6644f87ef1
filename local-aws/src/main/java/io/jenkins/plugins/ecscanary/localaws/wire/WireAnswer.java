package io.jenkins.plugins.ecscanary.localaws.wire;

import java.util.Map;

/** An HTTP answer, before the headers every answer has ({@code Date}, {@code x-amzn-RequestId}). */
record WireAnswer(int status, String contentType, Map<String, String> headers, byte[] body) {}
