package dev.yakin.slackalert;

import java.util.List;
import java.util.stream.Collectors;

/** Values as a line of bars, the newest last: {@code ▁▂▅█}. */
final class Sparkline {
    private static final String BARS = "▁▂▃▄▅▆▇█";

    /** As many as a phone shows in one line. */
    static final int MOST = 24;

    private Sparkline() {}

    /** Empty for fewer than two values: they show no course. */
    static String of(List<Double> values) {
        var finite = values.stream().filter(Double::isFinite).toList();
        var shown = finite.subList(Math.max(0, finite.size() - MOST), finite.size());
        if (shown.size() < 2) {
            return "";
        }
        var least = shown.stream().mapToDouble(Double::doubleValue).min().orElse(0);
        var most = shown.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        return shown.stream().map(value -> bar(value, least, most)).collect(Collectors.joining());
    }

    // A course without change is a low line, not a high one.
    private static String bar(double value, double least, double most) {
        var share = most > least ? (value - least) / (most - least) : 0;
        var height = (int) Math.round(share * (BARS.length() - 1));
        return BARS.substring(height, height + 1);
    }
}
