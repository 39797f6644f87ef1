package io.jenkins.plugins.ecscanary.localaws.ecs;

import io.jenkins.plugins.ecscanary.localaws.ecs.TaskRuntime.CannotStart;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Turns a command line that starts with {@code java} into one that runs on this JVM's own java, small and tethered. */
final class JavaCommand {

    private static final String AGENT_CLASS = Tether.class.getName().replace('.', '/') + ".class";

    private final String java;
    private final Path agent;

    /** @param directory where the agent's jar is put */
    JavaCommand(Path directory) throws IOException {
        java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        agent = directory.resolve("tether.jar");
        writeAgent(agent);
    }

    /**
     * @param flags for a small process; a command's own flags come later and win
     * @param temporary the process's directory for temporary files
     * @throws CannotStart if the command is none for java
     */
    List<String> line(List<String> command, List<String> flags, Path temporary) throws CannotStart {
        if (command.isEmpty()) {
            throw new CannotStart("CannotStartContainerError: no command specified");
        }
        if (!isJava(command.get(0))) {
            throw new CannotStart("CannotStartContainerError: exec: \"" + command.get(0)
                    + "\": local-aws runs images as plain java processes, so the command must be java");
        }
        List<String> line = new ArrayList<>();
        line.add(java);
        line.add("-javaagent:" + agent);
        boolean ownCollector = command.stream().anyMatch(argument -> argument.matches("-XX:\\+Use\\w+GC"));
        flags.stream()
                .filter(flag -> !(ownCollector && flag.matches("-XX:\\+Use\\w+GC")))
                .forEach(line::add);
        line.add("-Djava.io.tmpdir=" + temporary);
        line.addAll(command.subList(1, command.size()));
        return line;
    }

    private static boolean isJava(String program) {
        return "java".equals(program) || program.endsWith("/bin/java");
    }

    private static void writeAgent(Path file) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(new Attributes.Name("Premain-Class"), Tether.class.getName());
        try (InputStream in = Tether.class.getClassLoader().getResourceAsStream(AGENT_CLASS);
                OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out, manifest)) {
            if (in == null) {
                throw new IOException("cannot find " + AGENT_CLASS + " in the class path");
            }
            jar.putNextEntry(new JarEntry(AGENT_CLASS));
            in.transferTo(jar);
            jar.closeEntry();
        }
    }
}
