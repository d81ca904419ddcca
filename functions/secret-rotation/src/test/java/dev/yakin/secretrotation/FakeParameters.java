package dev.yakin.secretrotation;

import com.google.gson.JsonObject;
import dev.yakin.postgrestesting.RdsMaster;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Parameter Store's rules for versions. Sources: API Reference, PutParameter, GetParameter, GetParametersByPath,
 * DeleteParameter, AddTagsToResource.
 */
final class FakeParameters implements Parameters {
    final Map<String, List<Stored>> versions = new TreeMap<>();
    final Map<String, String> tags = new HashMap<>();
    private final RdsMaster master;
    private final Clock clock;

    FakeParameters(RdsMaster master, Clock clock) {
        this.master = master;
        this.clock = clock;
    }

    @Override
    public Optional<Stored> newest(String name) {
        return Optional.ofNullable(versions.get(name)).map(List::getLast);
    }

    @Override
    public Optional<Stored> version(String name, long version) {
        return versions.getOrDefault(name, List.of()).stream()
                .filter(stored -> stored.version() == version)
                .findFirst();
    }

    @Override
    public Set<String> below(String path) {
        return versions.keySet().stream()
                .filter(name -> name.startsWith(path + "/"))
                .collect(Collectors.toSet());
    }

    @Override
    public boolean create(String name, String text) {
        if (versions.containsKey(name)) {
            return false;
        }
        overwrite(name, text);
        return true;
    }

    @Override
    public void overwrite(String name, String text) {
        var all = versions.computeIfAbsent(name, _ -> new ArrayList<>());
        all.add(new Stored(text, all.size() + 1L, clock.instant()));
    }

    @Override
    public void delete(String name) {
        versions.remove(name);
    }

    @Override
    public Map<String, String> tags(String name) {
        return Map.copyOf(tags);
    }

    @Override
    public void tag(String name, String key, String value) {
        tags.put(key, value);
    }

    @Override
    public void untag(String name, String key) {
        tags.remove(key);
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
        return FakeVault.password();
    }
}
