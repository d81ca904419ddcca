package dev.yakin.rehearsal.jvm;

import java.io.IOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;

/**
 * {@code java -javaagent:clock-agent.jar=<file>}: the classes under {@code dev/yakin/} live in the time that the shared
 * file says (docs/decisions/0003). The runtime client and the AWS SDK keep the machine's time, as their deadlines and
 * timeouts are about real waiting.
 */
public final class ClockAgent {
    private ClockAgent() {}

    /** @throws IOException when the file is missing or shorter than eight bytes; the JVM then does not start */
    public static void premain(String file, Instrumentation instrumentation) throws IOException {
        SharedFileClock.open(Path.of(file));
        instrumentation.addTransformer(new ProductionClasses());
    }

    private static final class ProductionClasses implements ClassFileTransformer {
        @Override
        public byte @Nullable [] transform(
                @Nullable ClassLoader loader,
                @Nullable String name,
                @Nullable Class<?> redefined,
                @Nullable ProtectionDomain domain,
                byte[] bytes) {
            if (loader == null || name == null || !name.startsWith("dev/yakin/")) {
                return null;
            }
            return new ClockRewriter(loader).rewrite(bytes);
        }
    }
}
