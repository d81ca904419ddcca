package dev.yakin.slackalert;

import java.util.List;

/** The next thing to say of a case. */
sealed interface Step {
    /** Nothing now. */
    record Nothing() implements Step {}

    /** The first message: the leading incident. */
    record First(Call call) implements Step {}

    /** News in the thread. */
    record Reply(List<String> keys, Call call) implements Step {}

    /** It still burns, and nobody has said so for hours. */
    record Repeat(Call call) implements Step {}

    /** Whether a person is called. */
    enum Call {
        /** Nothing critical, or people are at work. */
        NOBODY,
        ONCALL,
        /** It is critical, but the month's calls are used up: said, so that nobody relies on it. */
        BUDGET_USED,
        /** It is critical, and people were called for this thread not long ago, or are at work. */
        LOUD;

        boolean isLoud() {
            return this != NOBODY;
        }
    }
}
