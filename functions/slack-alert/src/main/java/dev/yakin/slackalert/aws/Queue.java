package dev.yakin.slackalert.aws;

import dev.yakin.slackalert.Outcome.HandedBack;
import java.util.List;

/** The queue that feeds us, as far as we talk back to it. */
interface Queue {
    /** Each letter becomes visible again after its own delay. */
    void redeliver(List<HandedBack> letters);
}
