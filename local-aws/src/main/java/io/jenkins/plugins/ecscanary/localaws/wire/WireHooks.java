package io.jenkins.plugins.ecscanary.localaws.wire;

import io.jenkins.plugins.ecscanary.localaws.faults.Faults;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.eclipse.jetty.server.Handler;

/**
 * What a wire server lets others take part in.
 *
 * @param calls told every call that was understood, once it is answered; on the threads that answer
 * @param faults what goes wrong with calls that were let in
 * @param local asked first, behind the same guard: what is no AWS operation, such as the faults' own resource; asked for once
 */
public record WireHooks(Consumer<WireCall> calls, Faults faults, Supplier<Handler> local) {}
