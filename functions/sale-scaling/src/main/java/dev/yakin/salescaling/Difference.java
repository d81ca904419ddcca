package dev.yakin.salescaling;

/**
 * A service that is not as wanted.
 *
 * @param action what makes it so
 * @param change in short, for people: {@code 2..10 → 6..20}
 */
record Difference(SaleAction action, Cause cause, String change) {
    boolean isTold() {
        return cause instanceof Cause.Told;
    }
}
