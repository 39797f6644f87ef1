package io.jenkins.plugins.ecscanary.engine.scan;

import io.jenkins.plugins.ecscanary.engine.scan.ScanTarget.Config;
import io.jenkins.plugins.ecscanary.engine.scan.ScanTarget.Image;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The scanner's argument lists; nothing is run here, and there is no shell that could read them. Whatever decides about the
 * result is said explicitly, so that neither the environment nor a {@code trivy.yaml} that happens to be there changes it: all
 * severities are reported, fixed or not, and the exit code says only whether the scanner worked.
 *
 * <p>Source of the options: the references of {@code trivy image}, {@code fs}, {@code config} and {@code convert}; for
 * {@code --show-suppressed}, with which what an ignore file left out is at least counted, a release from 2024 on is needed.
 */
public final class TrivyCommand {

    /** Where the scanner looks for the token of {@link TrivyOptions#server}. */
    public static final String TOKEN = "TRIVY_TOKEN";

    private TrivyCommand() {}

    /**
     * @param program {@code trivy}, or a path to it
     * @param output the file to write the report to
     * @throws IllegalArgumentException for what the scanner would not understand
     */
    public static List<String> scan(String program, ScanTarget target, String output, TrivyOptions options) {
        List<String> command = new ArrayList<>();
        command.add(Arguments.checkOperand("program", program));
        List<String> operands = target.arguments();
        command.add(operands.get(0));
        command.addAll(List.of("--format", "json", "--output", Arguments.checkOperand("output file", output)));
        command.addAll(List.of("--exit-code", "0"));
        command.addAll(List.of("--timeout", options.timeout().toSeconds() + "s"));
        command.addAll(List.of("--severity", "UNKNOWN,LOW,MEDIUM,HIGH,CRITICAL"));
        add(command, "--cache-dir", options.cacheDirectory());
        add(command, "--ignorefile", options.ignoreFile());
        if (target instanceof Config) {
            refuse("server", options.server());
            refuse("dbRepository", options.dbRepository());
            refuse("javaDbRepository", options.javaDbRepository());
        } else {
            addForPackages(command, options);
        }
        if (options.skipDbUpdate()
                && (target instanceof Config || options.scanners().contains(Scanner.MISCONFIG))) {
            command.add("--skip-check-update");
        }
        if (options.platform() != null && !(target instanceof Image)) {
            throw new IllegalArgumentException("a platform is chosen of an image in a registry or a container runtime; "
                    + target.name() + " has the one that it has");
        }
        add(command, "--platform", options.platform());
        command.addAll(operands.subList(1, operands.size()));
        return List.copyOf(command);
    }

    private static void addForPackages(List<String> command, TrivyOptions options) {
        String scanners = options.scanners().stream().map(Scanner::word).collect(Collectors.joining(","));
        command.addAll(List.of("--scanners", scanners, "--ignore-unfixed=false", "--list-all-pkgs"));
        command.addAll(List.of("--show-suppressed", "--no-progress"));
        if (options.skipDbUpdate()) {
            command.addAll(List.of("--skip-db-update", "--skip-java-db-update"));
        }
        addEach(command, "--db-repository", options.dbRepository());
        addEach(command, "--java-db-repository", options.javaDbRepository());
        add(command, "--server", options.server());
    }

    /** What of the environment the scan needs: a token is no argument, which everybody on the machine could read. */
    public static Map<String, String> environment(String token) {
        return token == null ? Map.of() : Map.of(TOKEN, checkToken(token));
    }

    /** Its output is {@link TrivyVersion#parse}'s. */
    public static List<String> version(String program) {
        return List.of(Arguments.checkOperand("program", program), "--version");
    }

    /**
     * Makes another format of a report without another scan.
     *
     * @param report as {@link ReportCopy} makes it: the scanner puts the lines in which it found secrets into SARIF
     * @throws IllegalArgumentException for HTML, which is not made by the scanner
     */
    public static List<String> convert(String program, ScanFormat format, String report, String output) {
        if (format == ScanFormat.HTML) {
            throw new IllegalArgumentException("HTML is made of the result, not by the scanner");
        }
        return List.of(
                Arguments.checkOperand("program", program),
                "convert",
                "--format",
                format.word(),
                "--output",
                Arguments.checkOperand("output file", output),
                "--exit-code",
                "0",
                Arguments.checkOperand("report", report));
    }

    private static void add(List<String> command, String option, String value) {
        if (value != null) {
            command.add(option);
            command.add(value);
        }
    }

    private static void addEach(List<String> command, String option, String values) {
        if (values != null) {
            for (String value : values.split(",", -1)) {
                add(command, option, value);
            }
        }
    }

    private static void refuse(String option, String value) {
        if (value != null) {
            throw new IllegalArgumentException(
                    "a scan of configuration files takes no " + option + "; it needs no vulnerability database");
        }
    }

    /** Without showing it. */
    private static String checkToken(String token) {
        if (token.isBlank() || token.codePoints().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("the server's token is empty or has control characters");
        }
        return token;
    }
}
