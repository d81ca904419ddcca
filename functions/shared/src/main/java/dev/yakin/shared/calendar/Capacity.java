package dev.yakin.shared.calendar;

/** The bounds of a scalable target, in tasks, both included. */
public record Capacity(int min, int max) {
    public Capacity {
        if (min < 0 || max < min) {
            throw new IllegalArgumentException("need 0 <= min <= max, got %d..%d".formatted(min, max));
        }
    }

    /** The larger min and the larger max: of two demands both are met. */
    public Capacity atLeast(Capacity other) {
        return new Capacity(Math.max(min, other.min), Math.max(max, other.max));
    }

    @Override
    public String toString() {
        return min + ".." + max;
    }
}
