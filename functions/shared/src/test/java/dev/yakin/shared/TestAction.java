package dev.yakin.shared;

import java.util.Optional;

/** An action of no function. */
record TestAction(String target, Optional<Action> needs) implements Action {
    static TestAction on(String target) {
        return new TestAction(target, Optional.empty());
    }

    static TestAction after(TestAction needed, String target) {
        return new TestAction(target, Optional.of(needed));
    }

    @Override
    public String reason() {
        return "a test";
    }
}
