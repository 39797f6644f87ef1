package io.jenkins.plugins.ecscanary.localaws.ecs;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** The program inside a test's image; {@link #jar} packs it. It uses nothing but the JDK. */
public final class TestApp {

    private TestApp() {}

    /** @param arguments what to do: {@code serve}, {@code serve-everywhere}, {@code stubborn}, {@code print}, {@code exit n} or {@code check} */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        switch (arguments[0]) {
            case "serve" -> serve(InetAddress.getByName(System.getenv("HOST")));
            case "serve-everywhere" -> serve(null);
            case "stubborn" -> {
                Runtime.getRuntime().addShutdownHook(new Thread(TestApp::waitForever));
                System.out.println("ready");
                waitForever();
            }
            case "print" -> {
                new TreeMap<>(System.getenv()).forEach((name, value) -> System.out.println(name + "=" + value));
                System.out.println("cwd=" + Path.of("").toAbsolutePath());
                System.out.println("tmp=" + System.getProperty("java.io.tmpdir"));
                System.err.println("to standard error");
                System.out.println("x".repeat(OutputLines.LONGEST) + "yz");
                System.out.print("no line end, ünïcödé");
            }
            case "exit" -> System.exit(Integer.parseInt(arguments[1]));
            case "check" -> check();
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    /** Binds PORT, at {@code null} on all addresses, and says where in a file in its working directory. */
    private static void serve(InetAddress address) throws IOException {
        int port = Integer.parseInt(System.getenv("PORT"));
        try (ServerSocket server = new ServerSocket(port, 50, address)) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("bye")));
            Files.writeString(Path.of("port"), Integer.toString(server.getLocalPort()));
            System.out.println("pid " + ProcessHandle.current().pid());
            while (true) {
                try (Socket client = server.accept()) {
                    client.getOutputStream().write('!');
                }
            }
        }
    }

    private static void check() throws IOException {
        int port = Integer.parseInt(Files.readString(Path.of("port")));
        try (Socket socket = new Socket(System.getenv("HOST"), port)) {
            System.exit(socket.getInputStream().read() == '!' ? 0 : 1);
        }
    }

    private static void waitForever() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A runnable jar of this class. */
    static Path jar(Path file) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, TestApp.class.getName());
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out, manifest)) {
            for (Class<?> packed : new Class<?>[] {TestApp.class, OutputLines.class}) {
                String entry = packed.getName().replace('.', '/') + ".class";
                jar.putNextEntry(new JarEntry(entry));
                try (InputStream in = packed.getClassLoader().getResourceAsStream(entry)) {
                    in.transferTo(jar);
                }
                jar.closeEntry();
            }
        }
        return file;
    }
}
