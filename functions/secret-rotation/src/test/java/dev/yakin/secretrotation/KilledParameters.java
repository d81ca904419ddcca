package dev.yakin.secretrotation;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Parameter Store behind a {@link Killer}. */
record KilledParameters(Killer killer, Parameters real) implements Parameters {
    @Override
    public Optional<Stored> newest(String name) {
        return killer.at("GetParameter", () -> real.newest(name));
    }

    @Override
    public Optional<Stored> version(String name, long version) {
        return killer.at("GetParameter of a version", () -> real.version(name, version));
    }

    @Override
    public Set<String> below(String path) {
        return killer.at("GetParametersByPath", () -> real.below(path));
    }

    @Override
    public boolean create(String name, String text) {
        return killer.at("PutParameter of what is pending", () -> real.create(name, text));
    }

    @Override
    public void overwrite(String name, String text) {
        killer.run("PutParameter", () -> real.overwrite(name, text));
    }

    @Override
    public void delete(String name) {
        killer.run("DeleteParameter", () -> real.delete(name));
    }

    @Override
    public Map<String, String> tags(String name) {
        return killer.at("ListTagsForResource", () -> real.tags(name));
    }

    @Override
    public void tag(String name, String key, String value) {
        killer.run("AddTagsToResource", () -> real.tag(name, key, value));
    }

    @Override
    public void untag(String name, String key) {
        killer.run("RemoveTagsFromResource", () -> real.untag(name, key));
    }

    @Override
    public String master() {
        return killer.at("GetSecretValue of the master", real::master);
    }

    @Override
    public String newPassword() {
        return killer.at("GetRandomPassword", real::newPassword);
    }
}
