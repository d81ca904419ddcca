package dev.yakin.secretrotation.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.yakin.shared.TrustBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The bundle holds roots of Amazon RDS and nothing else; a change of those of Tokyo is seen here. */
class TrustBundleTest {
    /** SHA-256 of the three roots as shipped. AWS publishes no list of them: the bundle itself is the source. */
    private static final List<String> TOKYO = List.of(
            "1cb5dcfb2e4db29fdb966e31c5da9f620bf06a10f5880205131a0e6a5bdf80d7",
            "08544470dfa4c9dc25c481a8908d2958f90b9c1d23f275696f341d71f2f1539e",
            "dc4bd074909909f9e5288408f2a148261aa506711307ae0a6561df152e07e04c");

    @Test
    void every_certificate_is_a_root_of_Amazon_RDS() throws GeneralSecurityException, IOException {
        var roots = roots();
        assertThat(roots).hasSize(81);
        for (var root : roots) {
            var name = root.getSubjectX500Principal().getName();
            assertThat(name).contains("O=Amazon Web Services\\, Inc.", "OU=Amazon RDS", " Root CA ");
            assertThat(root.getIssuerX500Principal()).isEqualTo(root.getSubjectX500Principal());
            root.verify(root.getPublicKey());
            assertThat(root.getBasicConstraints()).as(name).isNotNegative();
        }
    }

    @Test
    void the_roots_of_Tokyo_are_the_three_that_were_shipped() throws GeneralSecurityException, IOException {
        var found = roots().stream()
                .filter(root -> root.getSubjectX500Principal().getName().contains("RDS ap-northeast-1 Root CA"))
                .map(TrustBundleTest::fingerprint)
                .toList();
        assertThat(found).containsExactlyInAnyOrderElementsOf(TOKYO);
    }

    private static List<X509Certificate> roots() throws CertificateException, IOException {
        try (var file = Files.newInputStream(TrustBundle.file(SecretRotationHandler.class))) {
            return CertificateFactory.getInstance("X.509").generateCertificates(file).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        }
    }

    private static String fingerprint(X509Certificate root) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(root.getEncoded());
            return HexFormat.of().formatHex(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
