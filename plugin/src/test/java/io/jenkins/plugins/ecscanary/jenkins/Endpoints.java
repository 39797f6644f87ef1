package io.jenkins.plugins.ecscanary.jenkins;

import hudson.model.Action;
import hudson.model.AdministrativeMonitor;
import hudson.model.Api;
import hudson.model.Descriptor;
import hudson.model.ModelObject;
import io.jenkins.plugins.ecscanary.jenkins.step.EcsCanaryDeployStep;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import jenkins.model.details.Detail;
import org.kohsuke.stapler.WebMethod;
import org.kohsuke.stapler.bind.JavaScriptMethod;

/** What of the plugin's classes Stapler would let a browser reach: found in the compiled classes, not listed by anyone. */
final class Endpoints {

    private static final String PACKAGE = "io.jenkins.plugins.ecscanary.jenkins";

    private Endpoints() {}

    /** As {@code Class#method}, or {@code Class#view.jelly} for a view. */
    static Set<String> all() throws IOException, URISyntaxException, ClassNotFoundException {
        Path root = Path.of(EcsCanaryDeployStep.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Set<String> found = new TreeSet<>();
        Path packages = root.resolve(PACKAGE.replace('.', '/'));
        try (Stream<Path> files = Files.walk(packages)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String name = root.relativize(file).toString();
                if (name.endsWith(".class") && !name.endsWith("Messages.class")) {
                    Class<?> type =
                            Class.forName(name.substring(0, name.length() - 6).replace('/', '.'));
                    for (Method method : type.getDeclaredMethods()) {
                        if (reachable(type, method)) {
                            found.add(simple(type) + "#" + method.getName());
                        }
                    }
                    views(root, type, found);
                }
            }
        }
        return found;
    }

    private static String simple(Class<?> type) {
        return type.getName().substring(type.getPackageName().length() + 1).replace('$', '.');
    }

    private static boolean reachable(Class<?> type, Method method) {
        if (!Modifier.isPublic(method.getModifiers()) || method.isSynthetic()) {
            return false;
        }
        String name = method.getName();
        return method.isAnnotationPresent(WebMethod.class)
                || method.isAnnotationPresent(JavaScriptMethod.class)
                || name.matches("(do|js)[A-Z].*")
                || name.equals("getDynamic")
                || (bound(type) && name.matches("get[A-Z].*") && leadsOn(method.getReturnType()));
    }

    /** Objects that have an address. A detail is made for the page that shows it: no address leads to one. */
    private static boolean bound(Class<?> type) {
        if (Detail.class.isAssignableFrom(type)) {
            return false;
        }
        return Descriptor.class.isAssignableFrom(type)
                || Action.class.isAssignableFrom(type)
                || ModelObject.class.isAssignableFrom(type)
                || AdministrativeMonitor.class.isAssignableFrom(type);
    }

    /** Where a getter answers with that, its name is a part of an address. */
    private static boolean leadsOn(Class<?> type) {
        return type.getName().startsWith(PACKAGE)
                || ModelObject.class.isAssignableFrom(type)
                || Action.class.isAssignableFrom(type)
                || Api.class.isAssignableFrom(type)
                || Map.class.isAssignableFrom(type)
                || List.class.isAssignableFrom(type)
                || type.isArray()
                || type == Object.class;
    }

    private static void views(Path root, Class<?> type, Set<String> found) throws IOException {
        Path folder = root.resolve(type.getName().replace('.', '/').replace('$', '/'));
        if (!bound(type) || !Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".jelly"))
                    .forEach(name -> found.add(simple(type) + "#" + name));
        }
    }
}
