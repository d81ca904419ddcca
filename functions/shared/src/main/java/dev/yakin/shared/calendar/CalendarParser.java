package dev.yakin.shared.calendar;

import static dev.yakin.shared.calendar.CalendarRules.LONGEST_NAME;
import static dev.yakin.shared.calendar.CalendarRules.MAX_BYTES;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonElement;
import dev.yakin.shared.calendar.Problem.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a sale calendar: {@code {"sales": [{"name", "opens", "closes", "times", "min", "max", "warmUp", "services"}]}}.
 * All problems are found in one pass, each with its place, so that a person needs one correction, not five.
 */
public final class CalendarParser {
    private static final List<String> CALENDAR_FIELDS = List.of("sales");
    private static final List<String> SALE_FIELDS =
            List.of("name", "opens", "closes", "times", "min", "max", "warmUp", "services");

    private final CalendarRules rules;
    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, String> placeOfName = new HashMap<>();

    private CalendarParser(CalendarRules rules) {
        this.rules = rules;
    }

    /**
     * @param calendar the sales that can be read; all of them only when there are no problems
     * @param problems everything that is wrong, in the order of the text
     */
    public record Parsed(SaleCalendar calendar, List<Problem> problems) {
        public Parsed {
            problems = List.copyOf(problems);
        }

        public boolean isGood() {
            return problems.isEmpty();
        }
    }

    public static Parsed parse(String text, CalendarRules rules) {
        var parser = new CalendarParser(rules);
        return new Parsed(new SaleCalendar(parser.sales(text)), parser.problems);
    }

    private List<Sale> sales(String text) {
        var bytes = text.getBytes(UTF_8).length;
        if (bytes > MAX_BYTES) {
            var details = List.of(String.valueOf(bytes), String.valueOf(MAX_BYTES));
            problems.add(new Problem("calendar", Kind.TOO_LARGE, details, Problem.CALENDAR_EXAMPLE));
        }
        var tree = CalendarJson.read(text);
        problems.addAll(tree.problems());
        return tree.root()
                .flatMap(root -> Fields.of(root, "", CALENDAR_FIELDS, problems))
                .flatMap(fields -> fields.list("sales"))
                .map(this::sales)
                .orElse(List.of());
    }

    private List<Sale> sales(List<JsonElement> elements) {
        var sales = new ArrayList<Sale>();
        for (var i = 0; i < elements.size(); i++) {
            Fields.of(elements.get(i), "sales[%d]".formatted(i), SALE_FIELDS, problems)
                    .ifPresent(fields -> sales.addAll(sales(fields)));
        }
        return sales;
    }

    /** One sale, or one for each of its times. */
    private List<Sale> sales(Fields fields) {
        var name = fields.text("name").filter(given -> isGoodName(fields, given));
        var openings = new Openings(fields, rules.zone()).read();
        var min = fields.tasks("min", rules.min());
        var max = fields.tasks("max", rules.max());
        var capacity = min.flatMap(least -> max.flatMap(most -> capacity(fields, least, most)));
        var warmUp = fields.warmUp("warmUp", rules.warmUp());
        var services = services(fields);
        if (name.isEmpty() || capacity.isEmpty() || warmUp.isEmpty()) {
            return List.of();
        }
        return openings.stream()
                .filter(opening -> opening.isOnly() || isNew(fields, opening.name(name.get()), opening.place()))
                .map(opening -> new Sale(
                        opening.name(name.get()),
                        opening.opens(),
                        opening.closes(),
                        capacity.get(),
                        warmUp.get(),
                        services))
                .toList();
    }

    private boolean isGoodName(Fields fields, String name) {
        if (name.isBlank()) {
            return fields.refuse("name", Kind.EMPTY_NAME);
        }
        if (name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
            return fields.refuse("name", Kind.LONG_NAME, String.valueOf(LONGEST_NAME));
        }
        return isNew(fields, name, fields.place("name"));
    }

    private boolean isNew(Fields fields, String name, String place) {
        var first = placeOfName.putIfAbsent(name, place);
        return first == null || fields.refuseAt(place, Kind.DUPLICATE_NAME, name, first);
    }

    private Optional<Capacity> capacity(Fields fields, int min, int max) {
        if (min <= max) {
            return Optional.of(new Capacity(min, max));
        }
        fields.refuse(
                fields.has("min") ? "min" : "max",
                Kind.MIN_ABOVE_MAX,
                String.valueOf(min),
                String.valueOf(max),
                String.valueOf(rules.min()),
                String.valueOf(rules.max()));
        return Optional.empty();
    }

    /** The known ones: a version in force keeps covering them when a deploy takes another service away. */
    private Set<String> services(Fields fields) {
        if (!fields.has("services")) {
            return Set.copyOf(rules.services());
        }
        var covered = new LinkedHashSet<String>();
        for (var entry : fields.texts("services", Kind.NO_SERVICE).entrySet()) {
            if (!rules.services().contains(entry.getValue())) {
                fields.refuseUnknownService(entry.getKey(), entry.getValue(), rules.services());
            } else if (!covered.add(entry.getValue())) {
                fields.refuse(entry.getKey(), Kind.DUPLICATE_SERVICE, entry.getValue());
            }
        }
        return covered;
    }
}
