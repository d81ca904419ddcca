package dev.yakin.secretrotation;

import com.google.gson.JsonObject;
import dev.yakin.postgrestesting.RdsMaster;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Secrets Manager's rules for versions and stages. Sources: API Reference, PutSecretValue, UpdateSecretVersionStage,
 * RotateSecret and CancelRotateSecret; User Guide, "What's in a Secrets Manager secret".
 */
final class FakeVault implements Vault {
    private final Map<String, Optional<String>> contents = new LinkedHashMap<>();
    private final Map<String, Set<String>> stages = new HashMap<>();
    final Map<String, String> tags = new HashMap<>();
    private final RdsMaster master;
    private boolean rotationEnabled = true;

    FakeVault(RdsMaster master, String content) {
        this.master = master;
        contents.put("v0", Optional.of(content));
        stages.put("v0", new HashSet<>(Set.of(CURRENT)));
    }

    /** A secret as the template's attachment leaves it, of a user that does not exist yet. */
    static FakeVault ofUser(RdsMaster master, String database, String user) {
        var json = new JsonObject();
        json.addProperty("engine", "postgres");
        json.addProperty("username", user);
        json.addProperty("password", password());
        json.addProperty("host", "localhost");
        json.addProperty("port", master.server().port());
        json.addProperty("dbname", database);
        return new FakeVault(master, json.toString());
    }

    /** RotateSecret: goes on with a pending rotation, or begins one with a version that has no content yet. */
    String rotate() {
        rotationEnabled = true;
        var pending = describe().version(PENDING);
        if (pending.isPresent() && !describe().has(pending.get(), CURRENT)) {
            return pending.get();
        }
        var token = UUID.randomUUID().toString();
        contents.put(token, Optional.empty());
        move(PENDING, token);
        return token;
    }

    /** CancelRotateSecret: switches rotation off and leaves the pending version behind. */
    void cancel() {
        rotationEnabled = false;
    }

    /** What a person does after a cancelled rotation, in the words of the user guide. */
    void removeAnyPending() {
        describe().version(PENDING).ifPresent(this::removePending);
    }

    Credentials current() {
        return SecretText.of(value(describe().current()).orElseThrow()).credentials();
    }

    /** The adoption hook has seen every task with the current version. */
    void adopt() {
        tags.put(SecretState.ADOPTED_TAG, describe().current());
    }

    Set<String> allStages() {
        var all = new HashSet<String>();
        stages.values().forEach(all::addAll);
        return all;
    }

    /** Every password that was ever in this secret. */
    Set<String> everyPassword() {
        var all = new HashSet<String>();
        contents.values()
                .forEach(text -> text.ifPresent(
                        content -> all.add(SecretText.of(content).credentials().password())));
        return all;
    }

    @Override
    public SecretState describe() {
        var copy = new HashMap<String, Set<String>>();
        stages.forEach((version, labels) -> {
            if (!labels.isEmpty()) {
                copy.put(version, Set.copyOf(labels));
            }
        });
        return new SecretState(rotationEnabled, copy, tags);
    }

    @Override
    public Optional<String> value(String version) {
        return contents.getOrDefault(version, Optional.empty());
    }

    @Override
    public String master() {
        var json = new JsonObject();
        json.addProperty("username", master.user());
        json.addProperty("password", master.password());
        return json.toString();
    }

    @Override
    public String newPassword() {
        return password();
    }

    @Override
    public void putPending(String version, String text) {
        var before = value(version);
        if (before.isPresent() && !before.get().equals(text)) {
            throw new IllegalStateException("ResourceExistsException: " + version);
        }
        contents.put(version, Optional.of(text));
        move(PENDING, version);
    }

    @Override
    public void makeCurrent(String version, String before) {
        if (!describe().has(before, CURRENT)) {
            throw new IllegalStateException("InvalidParameterException: AWSCURRENT is not on " + before);
        }
        move(CURRENT, version);
        move(PREVIOUS, before);
    }

    @Override
    public void removePending(String version) {
        if (!stages.getOrDefault(version, new HashSet<>()).remove(PENDING)) {
            throw new IllegalStateException("InvalidParameterException: AWSPENDING is not on " + version);
        }
    }

    @Override
    public void noteTrouble(String trouble) {
        tags.put(SecretState.TROUBLE_TAG, trouble);
    }

    @Override
    public void forgetTrouble() {
        tags.remove(SecretState.TROUBLE_TAG);
    }

    private void move(String stage, String version) {
        stages.values().forEach(labels -> labels.remove(stage));
        stages.computeIfAbsent(version, _ -> new HashSet<>()).add(stage);
    }

    static String password() {
        var random = new SecureRandom();
        var letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
        return random.ints(40, 0, letters.length())
                .collect(StringBuilder::new, (text, i) -> text.append(letters.charAt(i)), StringBuilder::append)
                .toString();
    }
}
