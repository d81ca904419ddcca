package dev.yakin.salescaling;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keeps what was told. */
public final class FakeMemory implements Memory {
    private final List<String> marks = new ArrayList<>();
    private Optional<String> unreadable = Optional.empty();

    public void deny() {
        unreadable = Optional.of("AccessDeniedException");
    }

    @Override
    public Found<Told> look() {
        return unreadable.<Found<Told>>map(Found.Unreadable::new).orElseGet(() -> new Found.Is<>(new Told(marks)));
    }

    @Override
    public void remember(String key) {
        forget(key);
        marks.add(Told.mark(key));
    }

    @Override
    public void forget(String key) {
        marks.remove(Told.mark(key));
    }

    @Override
    public String toString() {
        return marks.stream().sorted().toList().toString();
    }
}
