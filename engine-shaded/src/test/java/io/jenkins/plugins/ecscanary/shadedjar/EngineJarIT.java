package io.jenkins.plugins.ecscanary.shadedjar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.ecscanary.engine.CanaryEngine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in the jar and what is not. */
class EngineJarIT {

    private static final String OURS = "io/jenkins/plugins/ecscanary/";
    private static final String SERVICES = "META-INF/services/";
    private static final Path JAR = Path.of(System.getProperty("engine.jar"));

    /**
     * What a plugin's archive grows by. It is downloaded by every controller that installs or updates the plugin, and kept there
     * twice; with everything else the plugin has it is to stay well below 20 MB. 12.3 MB when this was written.
     */
    private static final long MOST_BYTES_IN_A_PLUGIN = 13_000_000;

    @Test
    void itIsSmallInAPlugin() throws IOException {
        Count compressed = new Count();
        try (OutputStream deflated = new DeflaterOutputStream(compressed)) {
            Files.copy(JAR, deflated);
        }
        assertThat(compressed.bytes).isBetween(1_000_000L, MOST_BYTES_IN_A_PLUGIN);
    }

    /** Else a plugin's archive could make nothing of it. */
    @Test
    void nothingInItIsCompressed() throws IOException {
        assertThat(entries()).allSatisfy(entry -> assertThat(entry.getMethod()).isEqualTo(ZipEntry.STORED));
    }

    @Test
    void everyClassIsUnderANameOfOurOwn() throws IOException {
        List<String> classes =
                names().stream().filter(name -> name.endsWith(".class")).toList();
        assertThat(classes)
                .allMatch(name -> name.startsWith(OURS))
                .contains(OURS + "engine/CanaryEngine.class", OURS + "shaded/aws/services/ecs/EcsClient.class");
    }

    @Test
    void besidesClassesThereAreOnlyLicensesServicesAndWhatTheSdkReads() throws IOException {
        assertThat(names())
                .filteredOn(name -> !name.endsWith(".class"))
                .containsExactlyInAnyOrder(
                        "META-INF/MANIFEST.MF",
                        "META-INF/LICENSE",
                        "META-INF/LICENSE.txt",
                        "META-INF/NOTICE",
                        "META-INF/FastDoubleParser-LICENSE",
                        "META-INF/FastDoubleParser-NOTICE",
                        "META-INF/FastDoubleParser-ThirdParty-LICENSE",
                        "META-INF/Schubfach-LICENSE",
                        "META-INF/thirdparty-LICENSE",
                        SERVICES + "io.jenkins.plugins.ecscanary.shaded.aws.http.SdkHttpService",
                        SERVICES + "io.jenkins.plugins.ecscanary.shaded.aws.thirdparty.jackson.core.JsonFactory",
                        SERVICES + "io.jenkins.plugins.ecscanary.shaded.jackson.core.JsonFactory",
                        SERVICES + "io.jenkins.plugins.ecscanary.shaded.jackson.core.ObjectCodec",
                        SERVICES + "io.jenkins.plugins.ecscanary.shaded.jackson.databind.Module",
                        OURS + "shaded/aws/core/util/mime.types");
    }

    /** Jackson's copy has the Apache License under that name, the SDK's the one of FastDoubleParser itself. */
    @Test
    void licensesOfOneNameAreAllKept() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile());
                InputStream license = jar.getInputStream(jar.getEntry("META-INF/FastDoubleParser-LICENSE"))) {
            assertThat(new String(license.readAllBytes(), StandardCharsets.UTF_8))
                    .contains("Apache License", "MIT License");
        }
    }

    @Test
    void whatServicesNameIsInIt() throws IOException {
        List<String> names = names();
        try (JarFile jar = new JarFile(JAR.toFile())) {
            for (String service : names) {
                if (service.startsWith(SERVICES)) {
                    assertThat(named(jar, service)).isNotEmpty().allSatisfy(implementation -> assertThat(names)
                            .contains(implementation.replace('.', '/') + ".class"));
                }
            }
        }
    }

    private static List<String> named(JarFile jar, String service) throws IOException {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(jar.getInputStream(jar.getEntry(service)), StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        }
    }

    /** What the other tests of this module show, they show of the jar and of nothing that stands in for it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "software.amazon.awssdk.core.SdkClient",
                "software.amazon.awssdk.services.ecs.EcsClient",
                "software.amazon.eventstream.Message",
                "com.fasterxml.jackson.databind.ObjectMapper",
                "org.yaml.snakeyaml.Yaml",
                "org.reactivestreams.Publisher",
                "io.jenkins.plugins.ecscanary.localaws.LocalAws"
            })
    void nothingStandsInForIt(String name) {
        assertThatThrownBy(() -> Class.forName(name)).isInstanceOf(ClassNotFoundException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "io.jenkins.plugins.ecscanary.shaded.aws.services.ecs.EcsClient",
                "io.jenkins.plugins.ecscanary.shaded.jackson.databind.ObjectMapper",
                "io.jenkins.plugins.ecscanary.shaded.snakeyaml.parser.ParserImpl"
            })
    void theTestsUseIt(String name) throws Exception {
        for (Class<?> used : List.of(CanaryEngine.class, Class.forName(name))) {
            assertThat(Path.of(used.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI()))
                    .isEqualTo(JAR);
        }
    }

    /** Whoever depends on it gets the logging API beside it and nothing else. */
    @Test
    void itsPomHasTheLoggingApiAndNothingElse() throws IOException {
        String pom = Files.readString(Path.of(System.getProperty("engine.pom")));
        List<String> needed = Pattern.compile("<dependency>(.*?)</dependency>", Pattern.DOTALL)
                .matcher(pom.substring(pom.lastIndexOf("<dependencies>")))
                .results()
                .map(match -> match.group(1))
                .filter(dependency -> !dependency.contains("<scope>test</scope>"))
                .toList();
        assertThat(needed).singleElement().asString().contains("<artifactId>slf4j-api</artifactId>");
    }

    private static List<String> names() throws IOException {
        return entries().stream().map(ZipEntry::getName).toList();
    }

    private static List<ZipEntry> entries() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            return List.copyOf(
                    jar.stream().filter(entry -> !entry.isDirectory()).toList());
        }
    }

    private static final class Count extends OutputStream {
        private long bytes;

        @Override
        public void write(int b) {
            bytes++;
        }

        @Override
        public void write(byte[] b, int from, int length) {
            bytes += length;
        }
    }
}
