package dev.yakin.salescaling.aws;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Made at the first use: most looks need no pre-flight, and its clients would slow down every start. */
final class Lazy<T> implements Supplier<T> {
    private final Supplier<T> maker;
    private @Nullable T made;

    Lazy(Supplier<T> maker) {
        this.maker = maker;
    }

    @Override
    public T get() {
        if (made == null) {
            made = maker.get();
        }
        return made;
    }
}
