package dev.yakin.salescaling.aws;

import dev.yakin.salescaling.Found;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;

/** A question to AWS whose failure is an answer, too: a pre-flight says what it could not read. */
final class Ask {
    private Ask() {}

    static <T> Found<T> about(Supplier<T> question) {
        return some(() -> new Found.Is<>(question.get()));
    }

    /** For a question that may find nothing, or something that nobody can make sense of. */
    static <T> Found<T> some(Supplier<Found<T>> question) {
        try {
            return question.get();
        } catch (SdkException e) {
            return new Found.Unreadable<>(String.valueOf(e.getMessage()));
        }
    }
}
