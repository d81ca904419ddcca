package dev.yakin.secretrotation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.regex.Pattern;

/**
 * A connection URL as Prisma, libpq and most drivers read it, user and password percent-encoded. Source: PostgreSQL
 * documentation, "Connection URIs". Its text never shows the password.
 *
 * @param scheme {@code postgres} or {@code postgresql}
 * @param rest what stands behind the database: {@code ?sslmode=verify-full&…} or nothing
 */
record DatabaseUrl(String scheme, Credentials credentials, String rest) {
    private static final Pattern FORM =
            Pattern.compile("(postgres(?:ql)?)://([^:@/?]+):([^@/?]*)@([^:/?@]+)(?::([0-9]{1,5}))?/([^?]+)(\\?.*)?");

    static DatabaseUrl parse(String text) {
        var found = FORM.matcher(text);
        if (!found.matches()) {
            throw new RotationException(
                    Trouble.SECRET, "the secret is neither JSON nor postgresql://user:password@host:port/database");
        }
        var port = found.group(5) == null ? 5432 : Integer.parseInt(found.group(5));
        var credentials = new Credentials(
                decode(found.group(2)), decode(found.group(3)), found.group(4), port, decode(found.group(6)));
        return new DatabaseUrl(found.group(1), credentials, found.group(7) == null ? "" : found.group(7));
    }

    String with(String user, String password) {
        return "%s://%s:%s@%s:%d/%s%s"
                .formatted(
                        scheme,
                        encode(user),
                        encode(password),
                        credentials.host(),
                        credentials.port(),
                        encode(credentials.database()),
                        rest);
    }

    /** Percent-encoding, where a plus is a plus: URLEncoder's form encoding turns blanks into pluses. */
    private static String encode(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }

    private static String decode(String text) {
        try {
            return java.net.URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
        } catch (IllegalArgumentException e) {
            // Its message quotes the text.
            throw new RotationException(Trouble.SECRET, "the secret's URL is not percent-encoded correctly");
        }
    }

    @Override
    public String toString() {
        return scheme + "://" + credentials;
    }
}
