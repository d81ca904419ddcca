package dev.yakin.salescaling.aws;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The names by which people know the services, and ECS's own. CloudFormation makes up a name such as {@code
 * shop-EcsService-9k2dX} (a fixed one would block replacement), and nobody wants to write that into a sale calendar.
 *
 * @param names ours to ECS's, in the configured order
 */
record ServiceNames(Map<String, String> names) {
    ServiceNames {
        names = Collections.unmodifiableMap(new LinkedHashMap<>(names));
    }

    /**
     * @param entries {@code app=shop-EcsService-9k2dX}; an entry without {@code =} is known by ECS's name
     * @throws IllegalArgumentException when a name stands twice
     */
    static ServiceNames of(List<String> entries) {
        var names = new LinkedHashMap<String, String>();
        for (var entry : entries) {
            var sign = entry.indexOf('=');
            var ours = sign < 0 ? entry : entry.substring(0, sign).strip();
            if (names.put(ours, entry.substring(sign + 1).strip()) != null) {
                throw new IllegalArgumentException("environment variable SERVICES names " + ours + " twice");
            }
        }
        return new ServiceNames(names);
    }

    List<String> ours() {
        return List.copyOf(names.keySet());
    }

    List<String> inEcs() {
        return List.copyOf(names.values());
    }

    String inEcs(String ours) {
        return names.getOrDefault(ours, ours);
    }

    String ours(String inEcs) {
        return names.entrySet().stream()
                .filter(entry -> entry.getValue().equals(inEcs))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(inEcs);
    }
}
