package io.jenkins.plugins.ecscanary.localaws.faults;

import java.util.ArrayList;
import java.util.List;

/**
 * A rule in one line, as the command line has it: {@code PATTERN=KIND[:ARGUMENT,…][@HOW_OFTEN]}, such as
 *
 * <pre>
 * ecs:DescribeServices=throttle@0.1      each call with a probability of 10 %
 * codedeploy:CreateDeployment=error:503,after@next:1
 * *=reset@0.01
 * elbv2:Describe*=slow:2s@0.05
 * codedeploy:Get*=stale:30s@0.2
 * ecs:*=buckets
 * </pre>
 */
final class FaultText {

    private static final String KINDS =
            "throttle, error[:500|503][,after], reset[:after], slow:TIME, stale:AGE or buckets";
    private static final String NEXT = "next:";

    private FaultText() {}

    static FaultRule parse(String text) {
        int equals = text.indexOf('=');
        if (equals < 0) {
            throw new InvalidFaultException(
                    "'" + text + "' is not OPERATIONS=FAULT, such as ecs:DescribeServices=throttle@0.1");
        }
        OperationPattern pattern = OperationPattern.parse(text.substring(0, equals));
        String rest = text.substring(equals + 1);
        int at = rest.indexOf('@');
        Trigger trigger = at < 0 ? Trigger.ALWAYS : trigger(rest.substring(at + 1));
        return new FaultRule(pattern, fault(at < 0 ? rest : rest.substring(0, at)), trigger);
    }

    private static Fault fault(String text) {
        int colon = text.indexOf(':');
        String kind = colon < 0 ? text : text.substring(0, colon);
        List<String> arguments =
                colon < 0 ? List.of() : List.of(text.substring(colon + 1).split(",", -1));
        return switch (kind) {
            case "throttle" -> without(arguments, kind, new Fault.Throttle());
            case "buckets" -> without(arguments, kind, new Fault.Buckets());
            case "error" -> error(arguments);
            case "reset" -> new Fault.Reset(when(arguments, kind));
            case "slow" -> new Fault.Slow(Span.parse(one(arguments, "slow:TIME, such as slow:2s")));
            case "stale" -> new Fault.Stale(Span.parse(one(arguments, "stale:AGE, such as stale:30s")));
            default -> throw new InvalidFaultException("'" + kind + "' is no fault: " + KINDS);
        };
    }

    private static Fault error(List<String> arguments) {
        List<String> rest = new ArrayList<>(arguments);
        int status = 500;
        if (!rest.isEmpty() && rest.get(0).matches("[0-9]{1,4}")) {
            status = Integer.parseInt(rest.remove(0));
        }
        return new Fault.Failure(status, when(rest, "error"));
    }

    private static When when(List<String> arguments, String kind) {
        if (arguments.isEmpty()) {
            return When.BEFORE;
        }
        return switch (one(arguments, kind + " with before or after")) {
            case "before" -> When.BEFORE;
            case "after" -> When.AFTER;
            default ->
                throw new InvalidFaultException("'" + String.join(",", arguments) + "' after " + kind
                        + ": it is before (the default) or after");
        };
    }

    private static String one(List<String> arguments, String expected) {
        if (arguments.size() != 1) {
            throw new InvalidFaultException("expected " + expected);
        }
        return arguments.get(0);
    }

    private static Fault without(List<String> arguments, String kind, Fault fault) {
        if (!arguments.isEmpty()) {
            throw new InvalidFaultException(kind + " has no ':" + String.join(",", arguments) + "'");
        }
        return fault;
    }

    private static Trigger trigger(String text) {
        try {
            return text.startsWith(NEXT)
                    ? new Trigger.Next(Integer.parseInt(text.substring(NEXT.length())))
                    : new Trigger.Chance(Double.parseDouble(text));
        } catch (NumberFormatException e) {
            throw new InvalidFaultException(
                    "'@" + text + "' is neither a probability such as @0.1 nor a number of calls such as @next:3");
        }
    }

    static String of(FaultRule rule) {
        return rule.pattern() + "=" + of(rule.fault()) + of(rule.trigger());
    }

    private static String of(Fault fault) {
        if (fault instanceof Fault.Failure failure) {
            return "error:" + failure.status() + (failure.when() == When.AFTER ? ",after" : "");
        } else if (fault instanceof Fault.Reset reset) {
            return "reset" + (reset.when() == When.AFTER ? ":after" : "");
        } else if (fault instanceof Fault.Slow slow) {
            return "slow:" + Span.of(slow.delay());
        } else if (fault instanceof Fault.Stale stale) {
            return "stale:" + Span.of(stale.maxAge());
        }
        return fault.kind();
    }

    private static String of(Trigger trigger) {
        if (trigger instanceof Trigger.Next next) {
            return "@" + NEXT + next.calls();
        }
        return trigger.equals(Trigger.ALWAYS) ? "" : "@" + ((Trigger.Chance) trigger).probability();
    }
}
