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
 * <p>Where it runs the scanner would also read a {@code trivy.yaml}, a {@code .trivyignore} and a {@code trivy-secret.yaml}, with
 * which whoever can write there decides what is left out. Each command names a file of ours instead, in which there is nothing, and
 * no rules for secrets. (For these an empty name is none; the file with nothing in it would not do, since the scanner looks for no
 * secrets in what is called as its rules are.) What it takes from variables is
 * {@link TrivyEnvironment}'s business.
 *
 * <p>Source of the options: the references of {@code trivy image}, {@code fs}, {@code config} and {@code convert}, and the
 * scanner's own code for what an empty name means; for {@code --show-suppressed}, with which what an ignore file left out is at
 * least counted, a release from 2024 on is needed.
 */
public final class TrivyCommand {

    /** Where the scanner looks for the token of {@link TrivyOptions#server}. */
    public static final String TOKEN = "TRIVY_TOKEN";

    /** A YAML file that configures nothing and ignores nothing, as text. */
    public static final String CONFIGURATION = "{}\n";

    private TrivyCommand() {}

    /**
     * @param program {@code trivy}, or a path to it
     * @param configuration a file that holds {@link #CONFIGURATION}; ends in {@code .yaml}, by which the scanner knows what it is
     * @param output the file to write the report to
     * @throws IllegalArgumentException for what the scanner would not understand
     */
    public static List<String> scan(
            String program, String configuration, ScanTarget target, String output, TrivyOptions options) {
        List<String> command = new ArrayList<>();
        command.add(Arguments.checkOperand("program", program));
        List<String> operands = target.arguments();
        command.add(operands.get(0));
        command.addAll(configured(configuration));
        command.addAll(List.of("--format", "json", "--output", Arguments.checkOperand("output file", output)));
        command.addAll(List.of("--exit-code", "0"));
        command.addAll(List.of("--timeout", options.timeout().toSeconds() + "s"));
        command.addAll(List.of("--severity", "UNKNOWN,LOW,MEDIUM,HIGH,CRITICAL"));
        add(command, "--cache-dir", options.cacheDirectory());
        add(command, "--ignorefile", options.ignoreFile() == null ? configuration : options.ignoreFile());
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

    /** What such a scan looks for. */
    public static List<Scanner> lookedFor(ScanTarget target, TrivyOptions options) {
        return target instanceof Config ? List.of(Scanner.MISCONFIG) : options.scanners();
    }

    private static void addForPackages(List<String> command, TrivyOptions options) {
        String scanners = options.scanners().stream().map(Scanner::word).collect(Collectors.joining(","));
        command.addAll(List.of("--scanners", scanners, "--secret-config="));
        command.addAll(List.of("--ignore-unfixed=false", "--list-all-pkgs"));
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

    private static List<String> configured(String configuration) {
        return List.of("--config", Arguments.checkOperand("configuration", configuration));
    }

    /**
     * Its output is {@link TrivyVersion#parse}'s.
     *
     * @param configuration as for a scan
     */
    public static List<String> version(String program, String configuration) {
        List<String> command = new ArrayList<>(List.of(Arguments.checkOperand("program", program), "--version"));
        command.addAll(configured(configuration));
        return List.copyOf(command);
    }

    /**
     * Makes another format of a report without another scan.
     *
     * @param configuration as for a scan
     * @param report as {@link ReportCopy} makes it: the scanner puts the lines in which it found secrets into SARIF
     * @throws IllegalArgumentException for HTML, which is not made by the scanner
     */
    public static List<String> convert(
            String program, String configuration, ScanFormat format, String report, String output) {
        if (format == ScanFormat.HTML) {
            throw new IllegalArgumentException("HTML is made of the result, not by the scanner");
        }
        List<String> command = new ArrayList<>(List.of(Arguments.checkOperand("program", program), "convert"));
        command.addAll(configured(configuration));
        command.addAll(List.of("--ignorefile", configuration, "--format", format.word()));
        command.addAll(List.of("--output", Arguments.checkOperand("output file", output), "--exit-code", "0"));
        command.add(Arguments.checkOperand("report", report));
        return List.copyOf(command);
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
