package dev.yakin.secretrotation;

import static java.util.stream.Collectors.joining;

import dev.yakin.secretrotation.Database.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes the roles what they have to be, as master, in the caller's transaction: the two users and the owner role exist,
 * and the next user can do what the present one can.
 *
 * @param schemas what a new owner role may create in; an existing one is left as people made it
 */
public record Roles(List<String> schemas) {
    /** Names in a message; the log has them all. */
    private static final int SHOWN = 5;

    /** Two rotations of the same database at once would undo each other; the second waits, not for long. */
    private static final String LOCK = "SELECT pg_advisory_lock(hashtext('yakin'), hashtext(?))";

    public Roles {
        schemas = List.copyOf(schemas);
    }

    /** What differs, in words, and the statement that repairs it; empty where only a person can. */
    public record Difference(String what, String repair) {}

    /** Keeps every other rotation of this user pair waiting until the session ends. */
    public void lock(Session master, Users users) {
        master.run("SET LOCAL lock_timeout = '10s'");
        master.rows(LOCK, users.base());
    }

    /** Creates what is missing and repairs what differs. @return what was done, in words */
    public List<String> makeAlike(Session master, Users users, String model, String next) {
        var done = new ArrayList<>(create(master, users, model, next));
        for (var difference : differences(master, users, model, next)) {
            if (!difference.repair().isEmpty()) {
                master.run(difference.repair());
                done.add(difference.what());
            }
        }
        if (!done.isEmpty()) {
            refuse(differences(master, users, model, next));
        }
        return done;
    }

    /** @throws RotationException with what differs, where anything does */
    public void refuse(List<Difference> differences) {
        if (!differences.isEmpty()) {
            throw new RotationException(
                    Trouble.DRIFT,
                    "the users are not alike and could not be made so (%d differences); grant it to the owner role, or take it from the user: %s"
                            .formatted(
                                    differences.size(),
                                    differences.stream()
                                            .limit(SHOWN)
                                            .map(Difference::what)
                                            .collect(joining("; "))));
        }
    }

    /** How the users differ; the roles have to exist. */
    public List<Difference> differences(Session master, Users users, String model, String next) {
        return master.rows(Likeness.QUERY, users.owner(), model, next).stream()
                .map(row -> new Difference(row.get(0), row.get(1)))
                .toList();
    }

    /** Which of the roles exist. */
    public Set<String> existing(Session master, Users users) {
        return master
                .rows(
                        "SELECT rolname FROM pg_roles WHERE rolname IN (?, ?, ?)",
                        users.owner(),
                        users.base(),
                        users.after(users.base()))
                .stream()
                .map(row -> row.get(0))
                .collect(Collectors.toSet());
    }

    private List<String> create(Session master, Users users, String model, String next) {
        var existing = existing(master, users);
        var created = new ArrayList<String>();
        var owner = quoted(users.owner());
        if (!existing.contains(users.owner())) {
            master.run("CREATE ROLE " + owner + " NOLOGIN");
            master.run("GRANT " + owner + " TO CURRENT_USER");
            var database = master.rows("SELECT current_database()").getFirst().getFirst();
            master.run("GRANT CONNECT, CREATE, TEMPORARY ON DATABASE " + quoted(database) + " TO " + owner);
            for (var schema : schemas) {
                master.run("GRANT ALL ON SCHEMA " + quoted(schema) + " TO " + owner);
            }
            created.add(users.owner() + " was missing");
        }
        for (var user : Stream.of(model, next).distinct().sorted().toList()) {
            if (!existing.contains(user)) {
                master.run("CREATE ROLE " + quoted(user) + " LOGIN");
                created.add(user + " was missing");
            }
        }
        return created;
    }

    /** An identifier in quotes: a user's name may hold anything. */
    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
