package dev.yakin.secretrotation;

import java.util.Arrays;

/** The steps that Secrets Manager asks for, in its order. */
public enum RotationStep {
    CREATE("createSecret"),
    SET("setSecret"),
    TEST("testSecret"),
    FINISH("finishSecret");

    private final String word;

    RotationStep(String word) {
        this.word = word;
    }

    /** @throws RotationException for any other word */
    public static RotationStep of(String word) {
        return Arrays.stream(values())
                .filter(step -> step.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new RotationException(Trouble.STALE, "'" + word + "' is no step of a rotation"));
    }

    @Override
    public String toString() {
        return word;
    }
}
