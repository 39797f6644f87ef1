package io.jenkins.plugins.ecscanary.engine.aws;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Tells AWS's clock as each of its answers has it, failures included: an answer that keys have expired may be the first one after
 * this machine has slept. What has no request id of AWS's comes from something in between, such as a proxy, and is left out.
 */
final class ServerTime implements ExecutionInterceptor {

    private final Consumer<Instant> told;

    ServerTime(Consumer<Instant> told) {
        this.told = told;
    }

    @Override
    public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
        SdkHttpResponse answer = context.httpResponse();
        if (answer.firstMatchingHeader("x-amzn-RequestId").isPresent()) {
            of(answer).ifPresent(told);
        }
    }

    /** To the second; empty where there is none that can be read. */
    static Optional<Instant> of(SdkHttpResponse answer) {
        return answer.firstMatchingHeader("Date").flatMap(ServerTime::date);
    }

    private static Optional<Instant> date(String header) {
        try {
            return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(header, Instant::from));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
