package io.jenkins.plugins.ecscanary.localaws.reference;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** A runnable jar of a few lines, compiled by the test: answers with its version, every n-th time with a 500 if told so. With the argument {@code --migrate} it ends. */
final class TinyService {

    private static final String SOURCE =
            """
            import com.sun.net.httpserver.HttpServer;
            import java.net.InetSocketAddress;
            import java.util.concurrent.Executors;
            import java.util.concurrent.atomic.AtomicInteger;

            public class TinyService {
                public static void main(String[] args) throws Exception {
                    if (args.length > 0 && args[0].equals("--migrate")) {
                        System.out.println("migrated to version " + System.getenv("VERSION"));
                        return;
                    }
                    int every = Integer.parseInt(System.getenv().getOrDefault("FAIL_EVERY", "0"));
                    byte[] version = System.getenv().getOrDefault("VERSION", "none").getBytes();
                    AtomicInteger count = new AtomicInteger();
                    HttpServer server = HttpServer.create(
                            new InetSocketAddress(System.getenv("HOST"), Integer.parseInt(System.getenv("PORT"))), 256);
                    server.createContext("/", exchange -> {
                        boolean health = exchange.getRequestURI().getPath().equals("/health");
                        boolean fails = !health && every > 0 && count.incrementAndGet() % every == 0;
                        exchange.sendResponseHeaders(fails ? 500 : 200, version.length);
                        exchange.getResponseBody().write(version);
                        exchange.close();
                    });
                    server.setExecutor(Executors.newFixedThreadPool(8));
                    server.start();
                    System.out.println("version " + new String(version) + " listens");
                }
            }
            """;

    private TinyService() {}

    static Path jar(Path directory) throws IOException {
        Path source = Files.writeString(directory.resolve("TinyService.java"), SOURCE);
        Path classes = Files.createDirectories(directory.resolve("classes"));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        int failed = compiler.run(null, null, null, "-d", classes.toString(), source.toString());
        if (failed != 0) {
            throw new IllegalStateException("the tiny service does not compile");
        }
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "TinyService");
        Path jar = directory.resolve("tiny.jar");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out, manifest);
                var files = Files.list(classes)) {
            for (Path file : files.toList()) {
                entries.putNextEntry(new JarEntry(file.getFileName().toString()));
                Files.copy(file, entries);
                entries.closeEntry();
            }
        }
        return jar;
    }
}
