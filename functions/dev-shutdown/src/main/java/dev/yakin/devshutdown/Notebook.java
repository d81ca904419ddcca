package dev.yakin.devshutdown;

import dev.yakin.devshutdown.Observed.KeepAwake;
import java.util.Map;

/** What is written down outside: people's wish to keep everything awake, and what they were told. */
public interface Notebook {
    Page read();

    void write(String topic, String value);

    record Page(KeepAwake keepAwake, Map<String, String> told) {}
}
