package dev.yakin.snapshotcheck.aws;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.rds.model.Tag;

/** RDS's tags, and other small shapes that instances and clusters share. */
final class Tags {
    private Tags() {}

    static Map<String, String> of(List<Tag> tags) {
        return tags.stream().collect(toMap(Tag::key, Tag::value));
    }

    static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    static Tag ours() {
        return tag(Shelf.MADE_BY, Shelf.US);
    }

    static boolean isOurs(List<Tag> tags) {
        return Shelf.US.equals(of(tags).get(Shelf.MADE_BY));
    }

    static Set<String> restorers(Stream<String> values) {
        return values.collect(toUnmodifiableSet());
    }
}
