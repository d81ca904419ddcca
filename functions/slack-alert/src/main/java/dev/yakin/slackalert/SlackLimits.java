package dev.yakin.slackalert;

/**
 * Slack's published limits, in characters or items, and below them the shorter lengths at which a person would stop
 * reading. Sources: Slack developer documentation, "Block Kit reference" (header, section, context and text object) and
 * "chat.postMessage" (truncating content).
 */
public final class SlackLimits {
    /** Blocks in a message or in an attachment. */
    public static final int BLOCKS = 50;

    /** Text of a header block. */
    public static final int HEADER = 150;

    /** Text of a section block. */
    public static final int SECTION = 3_000;

    /** Fields of a section block. */
    public static final int FIELDS = 10;

    /** Text of one field. */
    public static final int FIELD = 2_000;

    /** Elements of a context block. */
    public static final int CONTEXT = 10;

    /** The {@code text} of a message: Slack truncates it at 40,000 and asks for no more than this. */
    public static final int MESSAGE = 4_000;

    /** All blocks together: Slack answers {@code msg_blocks_too_long} from about 13,000 (undocumented; bolt-js #2509). */
    public static final int ALL_BLOCKS = 13_000;

    static final int PARAGRAPH_SHOWN = 900;
    static final int PARAGRAPHS_SHOWN = 6;

    /** A line of a list, and how many lines one message holds: they fit its plain text, too. */
    static final int LINE_SHOWN = 110;

    static final int LINES_IN_SECTION = 15;
    static final int LINES_SHOWN = 2 * LINES_IN_SECTION;

    static final int FACT_NAME_SHOWN = 60;
    static final int FACT_SHOWN = 250;
    static final int FACTS_SHOWN = 10;
    static final int LINK_TEXT_SHOWN = 60;
    static final int LINK_SHOWN = 1_000;
    static final int FOOTER_SHOWN = 300;

    private SlackLimits() {}
}
