package dev.yakin.restoredrill.aws;

import static java.util.stream.Collectors.toMap;

import dev.yakin.restoredrill.Kind;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.rds.model.Tag;

/** What a drill has to remember: it stands in the tags of what it makes, from the moment that it exists. */
record Marks(Map<String, String> tags) {
    /** By this tag a thing is a drill's of a stack; the role may change and delete no other. */
    private static final String DRILL = "yakin:drill";

    private static final String DAY = "yakin:drill-day";
    private static final String KIND = "yakin:drill-kind";
    private static final String BEGUN = "yakin:drill-begun";

    static List<Tag> of(String stack, LocalDate day, Kind kind, Instant begun) {
        return List.of(
                tag(DRILL, stack), tag(DAY, day.toString()), tag(KIND, kind.word()), tag(BEGUN, begun.toString()));
    }

    /** Empty for what is no drill's of this stack. */
    static Optional<Marks> read(String stack, List<Tag> tags) {
        var found = tags.stream().collect(toMap(Tag::key, Tag::value));
        return stack.equals(found.get(DRILL)) ? Optional.of(new Marks(found)) : Optional.empty();
    }

    Kind kind() {
        return Kind.ofWord(tags.getOrDefault(KIND, ""));
    }

    /**
     * A hand may have changed the tags: then the thing's own time tells how old it is, and so when it goes.
     *
     * @param made RDS's own word
     */
    Instant begun(@Nullable Instant made) {
        try {
            return Instant.parse(tags.getOrDefault(BEGUN, ""));
        } catch (DateTimeException e) {
            return Objects.requireNonNullElse(made, Instant.EPOCH);
        }
    }

    LocalDate day(@Nullable Instant made, ZoneId zone) {
        try {
            return LocalDate.parse(tags.getOrDefault(DAY, ""));
        } catch (DateTimeException e) {
            return begun(made).atZone(zone).toLocalDate();
        }
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }
}
