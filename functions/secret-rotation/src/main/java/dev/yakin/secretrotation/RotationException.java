package dev.yakin.secretrotation;

import org.jspecify.annotations.Nullable;

/** A rotation that cannot go on, and why. The message holds no password and says what to do. */
public final class RotationException extends RuntimeException {
    private final Trouble trouble;

    public RotationException(Trouble trouble, String message) {
        this(trouble, message, null);
    }

    public RotationException(Trouble trouble, String message, @Nullable Throwable cause) {
        super(trouble + ": " + message, cause);
        this.trouble = trouble;
    }

    public Trouble trouble() {
        return trouble;
    }
}
