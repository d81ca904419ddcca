package dev.yakin.slackalert.aws;

import dev.yakin.slackalert.Outcome;
import java.util.List;

/** The queue that feeds us, as far as we talk back to it. */
interface Queue {
    /** Each letter with a delay becomes visible again after it. */
    void redeliver(List<Outcome> outcomes);
}
