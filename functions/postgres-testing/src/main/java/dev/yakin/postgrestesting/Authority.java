package dev.yakin.postgrestesting;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A certificate authority of its own, made by the JDK's keytool for one process, and one server certificate that it
 * signed. Neither exists anywhere else, so no key lies in the repository.
 */
final class Authority {
    private static final String PASSWORD = "changeit";

    private static final Map<List<String>, Authority> MADE = new ConcurrentHashMap<>();

    private final Path store;
    private final KeyStore keys;

    /**
     * The authority of this process for such a certificate: keytool takes a second, so servers share it.
     *
     * @param hosts the names that the certificate is valid for, beside {@code localhost} and {@code 127.0.0.1}
     */
    static Authority of(List<String> hosts) {
        return MADE.computeIfAbsent(List.copyOf(hosts), Authority::new);
    }

    private Authority(List<String> hosts) {
        store = newStore();
        keytool("-alias", "ca", "-dname", "CN=Yakin test CA", "-ext", "bc:c", "-ext", "ku:c=keyCertSign");
        var names = new ArrayList<>(List.of("dns:localhost", "ip:127.0.0.1"));
        hosts.forEach(host -> names.add("dns:" + host));
        keytool("-alias", "server", "-dname", "CN=postgres", "-signer", "ca", "-ext", "san=" + String.join(",", names));
        try (var in = Files.newInputStream(store)) {
            keys = KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD.toCharArray());
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("can't read the test certificates", e);
        }
    }

    /** The certificate that a client has to trust. */
    String caPem() {
        return pem("CERTIFICATE", certificate("ca"));
    }

    String serverPem() {
        return pem("CERTIFICATE", certificate("server"));
    }

    String serverKeyPem() {
        try {
            return pem(
                    "PRIVATE KEY", keys.getKey("server", PASSWORD.toCharArray()).getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("can't read the test key", e);
        }
    }

    private static Path newStore() {
        try {
            var folder = Files.createTempDirectory("yakin-authority");
            folder.toFile().deleteOnExit();
            var store = folder.resolve("keys.p12");
            store.toFile().deleteOnExit();
            return store;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] certificate(String alias) {
        try {
            return keys.getCertificate(alias).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("can't read the test certificate " + alias, e);
        }
    }

    private void keytool(String... arguments) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-XX:TieredStopAtLevel=1",
                "-genkeypair"));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1", "-validity", "30"));
        command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
        try {
            Commands.run(command);
        } catch (IOException e) {
            throw new UncheckedIOException("can't run keytool", e);
        }
    }

    private static String pem(String kind, byte[] content) {
        return "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n"
                .formatted(kind, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content));
    }
}
