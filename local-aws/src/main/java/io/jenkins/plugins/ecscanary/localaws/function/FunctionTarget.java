package io.jenkins.plugins.ecscanary.localaws.function;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Set;

/** What is called, on this machine, where AWS would invoke a Lambda function. */
public sealed interface FunctionTarget {

    /**
     * Gets the payload as a POST with a JSON body.
     *
     * @param uri {@code http} on loopback: an emulated AWS calls nobody else
     */
    record Http(URI uri) implements FunctionTarget {

        private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

        public Http {
            if (!"http".equalsIgnoreCase(uri.getScheme()) || !LOOPBACK.contains(String.valueOf(uri.getHost()))) {
                throw new IllegalArgumentException("function target " + uri
                        + " is not an http URL of this machine, such as http://127.0.0.1:9000/");
            }
        }
    }

    /**
     * A program that is started for each invocation and gets the payload on standard input. No shell is involved.
     *
     * @param arguments the program and its arguments
     */
    record Command(List<String> arguments) implements FunctionTarget {
        public Command {
            arguments = List.copyOf(arguments);
            if (arguments.isEmpty() || arguments.get(0).isBlank()) {
                throw new IllegalArgumentException("a function's command needs a program");
            }
        }
    }

    /**
     * Reads {@code http://127.0.0.1:9000/path} or a program's path.
     *
     * @throws IllegalArgumentException with what is wrong with it
     */
    static FunctionTarget parse(String text) {
        if (!text.contains("://")) {
            return new Command(List.of(text));
        }
        try {
            return new Http(new URI(text));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("function target " + text + " is not a URL: " + e.getReason(), e);
        }
    }
}
