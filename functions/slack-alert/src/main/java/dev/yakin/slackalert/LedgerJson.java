package dev.yakin.slackalert;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Cases and the shift as JSON: records by their own names, times as ISO 8601, a text with the name of its kind. */
final class LedgerJson {
    private static final Map<String, Class<? extends Text>> TEXTS = Map.of(
            "outside", Text.Outside.class,
            "phrase", Text.Phrase.class,
            "moment", Text.Moment.class,
            "span", Text.Span.class,
            "lines", Text.Lines.class);

    private static final Gson GSON = new GsonBuilder()
            .disableHtmlEscaping()
            .registerTypeAdapter(Instant.class, new AsText<>(Instant::parse))
            .registerTypeAdapter(Duration.class, new AsText<>(Duration::parse))
            .registerTypeAdapterFactory(new Optionals())
            .registerTypeAdapterFactory(new Texts())
            .create();

    private LedgerJson() {}

    static String of(Object value) {
        return GSON.toJson(value);
    }

    /** @throws JsonParseException when it is not what this version writes */
    static <T> T parse(String json, Class<T> type) {
        try {
            return GSON.fromJson(json, type);
        } catch (JsonParseException e) {
            throw e;
        } catch (RuntimeException e) {
            // A record whose part is missing fails in its own constructor.
            throw new JsonParseException("a part is missing or malformed", e);
        }
    }

    private static final class AsText<T> extends TypeAdapter<T> {
        private final Function<String, T> parse;

        AsText(Function<String, T> parse) {
            this.parse = parse;
        }

        @Override
        public void write(JsonWriter out, T value) throws IOException {
            out.value(String.valueOf(value));
        }

        @Override
        public T read(JsonReader in) throws IOException {
            return parse.apply(in.nextString());
        }
    }

    /** Null for nothing. */
    private static final class Optionals implements TypeAdapterFactory {
        @Override
        @SuppressWarnings("unchecked") // guarded by the raw type
        public <T> @Nullable TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
            if (type.getRawType() != Optional.class || !(type.getType() instanceof ParameterizedType optional)) {
                return null;
            }
            var inner = (TypeAdapter<Object>) gson.getAdapter(TypeToken.get(optional.getActualTypeArguments()[0]));
            return (TypeAdapter<T>) new OfOptional(inner);
        }
    }

    private static final class OfOptional extends TypeAdapter<Optional<Object>> {
        private final TypeAdapter<Object> inner;

        OfOptional(TypeAdapter<Object> inner) {
            this.inner = inner;
        }

        @Override
        public void write(JsonWriter out, Optional<Object> value) throws IOException {
            if (value.isPresent()) {
                inner.write(out, value.get());
            } else {
                out.setSerializeNulls(true);
                out.nullValue();
            }
        }

        @Override
        public Optional<Object> read(JsonReader in) throws IOException {
            if (in.peek() == JsonToken.NULL) {
                in.nextNull();
                return Optional.empty();
            }
            return Optional.of(inner.read(in));
        }
    }

    private static final class Texts implements TypeAdapterFactory {
        @Override
        @SuppressWarnings("unchecked") // guarded by the raw type
        public <T> @Nullable TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
            return type.getRawType() == Text.class ? (TypeAdapter<T>) new OfText(gson) : null;
        }
    }

    private static final class OfText extends TypeAdapter<Text> {
        private final Gson gson;

        OfText(Gson gson) {
            this.gson = gson;
        }

        @Override
        public void write(JsonWriter out, Text text) throws IOException {
            var json = gson.toJsonTree(text).getAsJsonObject();
            json.addProperty("kind", text.getClass().getSimpleName().toLowerCase(Locale.ROOT));
            gson.toJson(json, out);
        }

        @Override
        public Text read(JsonReader in) throws IOException {
            JsonObject json = gson.fromJson(in, JsonObject.class);
            var kind = TEXTS.get(new Fields(json).text("kind"));
            if (kind == null) {
                throw new JsonParseException("a text of no known kind");
            }
            return gson.fromJson(json, kind);
        }
    }
}
