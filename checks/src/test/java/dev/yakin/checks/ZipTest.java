package dev.yakin.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is in a function's zip is what ships: the zip tested on a laptop must run on arm64. */
class ZipTest {
    private static final Path FUNCTIONS = Path.of("..", "functions");

    /** The folders of {@code functions/} that make no zip. */
    private static final Set<String> NO_FUNCTIONS = Set.of("shared", "postgres-testing", "target");

    /** Every other folder of {@code functions/}. */
    static List<String> functions() throws IOException {
        try (var folders = Files.list(FUNCTIONS)) {
            return folders.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .filter(name -> !NO_FUNCTIONS.contains(name))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("functions")
    void has_the_layout_that_AWS_documents(String function) throws IOException {
        var entries = entries(function);
        assertThat(entries).anyMatch(entry -> entry.startsWith("dev/yakin/") && entry.endsWith("Handler.class"));
        assertThat(entries).filteredOn(entry -> entry.endsWith(".jar")).allMatch(entry -> entry.startsWith("lib/"));
    }

    @ParameterizedTest
    @MethodSource("functions")
    void holds_no_native_code_and_no_second_http_client(String function) throws IOException {
        assertThat(entries(function))
                .noneMatch(entry -> entry.matches(".*\\.(so|dylib|dll|jnilib)"))
                .noneMatch(entry ->
                        entry.matches("lib/(netty|aws-crt|apache-client|httpclient|log4j|jackson-databind).*"));
    }

    @ParameterizedTest
    @MethodSource("functions")
    void holds_no_tests_and_no_rehearsal(String function) throws IOException {
        assertThat(entries(function))
                .noneMatch(entry -> entry.contains("rehearsal") || entry.contains("junit") || entry.contains("Fake"));
    }

    private static List<String> entries(String function) throws IOException {
        var path = FUNCTIONS.resolve(function).resolve("target").resolve(function + ".zip");
        try (var zip = new ZipFile(path.toFile())) {
            return zip.stream().map(ZipEntry::getName).toList();
        }
    }
}
