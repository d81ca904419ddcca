package dev.yakin.postgrestesting;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs programs, as another user where the caller is root: PostgreSQL refuses to be started by root. */
final class Commands {
    /** The user {@code nobody}, by number: the name need not exist. */
    private static final int NOBODY = 65_534;

    private Commands() {}

    /** Runs to the end; a failure carries what the program said. */
    static void run(List<String> command) throws IOException {
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException(String.join(" ", command) + " failed: " + said.strip());
        }
    }

    /** The same command, without root's rights where we have them. */
    static List<String> unprivileged(List<String> command) {
        if (!isRoot()) {
            return command;
        }
        if (!Files.isExecutable(Path.of("/usr/bin/setpriv"))) {
            throw new IllegalStateException(
                    "PostgreSQL does not run as root, and this machine has no setpriv (package util-linux)");
        }
        var all = new ArrayList<>(
                List.of("/usr/bin/setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "--"));
        all.addAll(command);
        return all;
    }

    /** Gives a file or folder to the user that {@link #unprivileged} runs as. */
    static void handOver(Path path) throws IOException {
        if (isRoot()) {
            Files.setAttribute(path, "unix:uid", NOBODY);
            Files.setAttribute(path, "unix:gid", NOBODY);
        }
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }
}
