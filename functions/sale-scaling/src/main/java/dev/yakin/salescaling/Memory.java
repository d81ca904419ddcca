package dev.yakin.salescaling;

/** Where it is written down what people were told about sales. */
public interface Memory {
    /** Never fails: what cannot be read is {@link Found.Unreadable}. */
    Found<Told> look();

    void remember(String key);

    /** Something that is over may be told again when it begins again. */
    void forget(String key);
}
