package dev.yakin.shared;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/**
 * The sentences people read, in the stack's language ({@code AlertLanguage}: {@code ja} or {@code en}). Each package
 * keeps its own in {@code phrases_ja.properties} and {@code phrases_en.properties}, as MessageFormat patterns.
 */
public final class Phrases {
    private final ResourceBundle bundle;
    private final Locale locale;

    private Phrases(ResourceBundle bundle, Locale locale) {
        this.bundle = bundle;
        this.locale = locale;
    }

    /** @throws java.util.MissingResourceException when the package has no phrases in that language */
    public static Phrases of(Class<?> owner, String language) {
        var locale = Locale.forLanguageTag(language);
        var name = owner.getPackageName() + ".phrases";
        var noFallback = ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);
        return new Phrases(ResourceBundle.getBundle(name, locale, owner.getClassLoader(), noFallback), locale);
    }

    /** The phrase with its arguments; numbers are written plainly, without grouping, when passed as text. */
    public String say(String key, Object... arguments) {
        return new MessageFormat(bundle.getString(key), locale).format(arguments);
    }
}
