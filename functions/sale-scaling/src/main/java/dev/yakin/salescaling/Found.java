package dev.yakin.salescaling;

import java.util.function.Function;

/** What became of a question to AWS about something around a sale. */
public sealed interface Found<T> {
    record Is<T>(T value) implements Found<T> {}

    /** There is nothing of that kind, for example no certificate. */
    record Nothing<T>() implements Found<T> {}

    /** Nobody can say: that is neither good nor bad. */
    record Unreadable<T>(String cause) implements Found<T> {}

    default <R> Found<R> map(Function<T, R> change) {
        return switch (this) {
            case Is<T>(var value) -> new Is<>(change.apply(value));
            case Nothing<T>() -> new Nothing<>();
            case Unreadable<T>(var cause) -> new Unreadable<>(cause);
        };
    }
}
