package dev.yakin.slackalert.slack;

/** A value that is nobody's business: its text shows only where it is sent. */
public record Secret(String value) {
    @Override
    public String toString() {
        return "***";
    }
}
