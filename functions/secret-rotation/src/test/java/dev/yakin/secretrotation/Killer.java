package dev.yakin.secretrotation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Kills the function before one of its calls, wherever it goes: to Secrets Manager or to the database. After one call is
 * the same instant as before the next one: the process is gone and outside nothing happens between them.
 */
final class Killer {
    /** No call is killed. */
    static final int NEVER = Integer.MAX_VALUE;

    private final List<String> calls = new ArrayList<>();
    private final Runnable afterEach;
    private int killBefore;

    /** @param afterEach runs after each call, for example an independent client that logs in */
    Killer(int killBefore, Runnable afterEach) {
        this.killBefore = killBefore;
        this.afterEach = afterEach;
    }

    /** The process is gone. No code of the function catches it. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    List<String> calls() {
        return calls;
    }

    /** What was killed once runs on: the next process. */
    void stopKilling() {
        killBefore = NEVER;
    }

    <T> T at(String call, Supplier<T> action) {
        if (calls.size() >= killBefore) {
            throw new Killed();
        }
        calls.add(call);
        var result = action.get();
        afterEach.run();
        return result;
    }

    void run(String call, Runnable action) {
        at(call, () -> {
            action.run();
            return Optional.empty();
        });
    }

    Vault vault(Vault real) {
        return new KilledVault(this, real);
    }

    Parameters parameters(Parameters real) {
        return new KilledParameters(this, real);
    }

    Database database(Database real) {
        return credentials ->
                new KilledSession(this, at("connect as " + credentials.user(), () -> real.login(credentials)));
    }

    private record KilledVault(Killer killer, Vault real) implements Vault {
        @Override
        public SecretState describe() {
            return killer.at("DescribeSecret", real::describe);
        }

        @Override
        public Optional<String> value(String version) {
            return killer.at("GetSecretValue", () -> real.value(version));
        }

        @Override
        public String master() {
            return killer.at("GetSecretValue of the master", real::master);
        }

        @Override
        public String newPassword() {
            return killer.at("GetRandomPassword", real::newPassword);
        }

        @Override
        public void putPending(String version, String text) {
            killer.run("PutSecretValue", () -> real.putPending(version, text));
        }

        @Override
        public void makeCurrent(String version, String before) {
            killer.run("UpdateSecretVersionStage AWSCURRENT", () -> real.makeCurrent(version, before));
        }

        @Override
        public void removePending(String version) {
            killer.run("UpdateSecretVersionStage AWSPENDING", () -> real.removePending(version));
        }

        @Override
        public void noteTrouble(String trouble) {
            killer.run("TagResource", () -> real.noteTrouble(trouble));
        }

        @Override
        public void forgetTrouble() {
            killer.run("UntagResource", real::forgetTrouble);
        }
    }

    private record KilledSession(Killer killer, Database.Session real) implements Database.Session {
        @Override
        public List<List<String>> rows(String sql, String... parameters) {
            return killer.at("query", () -> real.rows(sql, parameters));
        }

        @Override
        public void run(String sql) {
            killer.run(sql, () -> real.run(sql));
        }

        @Override
        public void setPassword(String user, String password) {
            killer.run("alterUserPassword " + user, () -> real.setPassword(user, password));
        }

        @Override
        public void commit() {
            killer.run("COMMIT", real::commit);
        }

        /** A process that is gone closes its connections, too. */
        @Override
        public void close() {
            real.close();
        }
    }
}
