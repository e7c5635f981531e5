package org.raphe.result;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.util.Collection;

/**
 * A number or text of a file, never made from something else: no text becomes a number, no fraction
 * a whole number, and no number is without bound.
 */
final class StrictScalar<T> extends StdScalarDeserializer<T> {
  private static final long serialVersionUID = 1L;

  /** What a parser stands at, as a value; null if it is none of the kind. */
  @FunctionalInterface
  private interface Kind<T> {
    T value(JsonParser parser) throws IOException;
  }

  private final Class<T> type;
  private final transient Kind<T> kind;

  private StrictScalar(Class<T> type, Kind<T> kind) {
    super(type);
    this.type = type;
    this.kind = kind;
  }

  static SimpleModule module() {
    return new SimpleModule()
        .addDeserializer(String.class, new StrictScalar<>(String.class, StrictScalar::text))
        .addDeserializer(Integer.class, new StrictScalar<>(Integer.class, StrictScalar::integer))
        .addDeserializer(Long.class, new StrictScalar<>(Long.class, StrictScalar::whole))
        .addDeserializer(Float.class, new StrictScalar<>(Float.class, StrictScalar::single))
        .addDeserializer(Boolean.class, new StrictScalar<>(Boolean.class, StrictScalar::truth))
        .addDeserializer(Double.class, new StrictScalar<>(Double.class, StrictScalar::number))
        .addDeserializer(Accuracy.class, new AccuracyOfKey());
  }

  /** What belongs where a value of a type is read. */
  static String words(Class<?> type) {
    if (type == String.class) {
      return "text";
    }
    if (type == Boolean.class) {
      return "true or false";
    }
    if (type == Integer.class || type == Long.class) {
      return "whole number";
    }
    if (type != null && Number.class.isAssignableFrom(type)) {
      return "finite number";
    }
    return type != null && Collection.class.isAssignableFrom(type) ? "array" : "object";
  }

  @Override
  public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
    if (type == Double.class && unmeasured(parser)) {
      return null;
    }
    T value = kind.value(parser);
    if (value == null) {
      context.reportInputMismatch(type, "no %s", words(type));
    }
    return value;
  }

  /** Earlier versions wrote the text NaN for an error that a device did not measure. */
  private static boolean unmeasured(JsonParser parser) throws IOException {
    return parser.currentToken() == JsonToken.VALUE_STRING && parser.getText().equals("NaN");
  }

  private static String text(JsonParser parser) throws IOException {
    return parser.currentToken() == JsonToken.VALUE_STRING ? parser.getText() : null;
  }

  private static Boolean truth(JsonParser parser) throws IOException {
    return parser.currentToken().isBoolean() ? (Boolean) parser.getBooleanValue() : null;
  }

  private static Double number(JsonParser parser) throws IOException {
    if (!parser.currentToken().isNumeric()) {
      return null;
    }
    double value = parser.getDoubleValue();
    return Double.isFinite(value) ? value : null;
  }

  private static Float single(JsonParser parser) throws IOException {
    if (!parser.currentToken().isNumeric()) {
      return null;
    }
    float value = parser.getFloatValue();
    return Float.isFinite(value) ? value : null;
  }

  /** A whole number, whether it is written as 1000000 or as 1.0E6. */
  private static Long whole(JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT) {
      boolean big = parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER;
      return big ? null : (Long) parser.getLongValue();
    }
    Double value = number(parser);
    boolean exact = value != null && value == Math.rint(value) && Math.abs(value) < 0x1p53;
    return exact ? (Long) value.longValue() : null;
  }

  private static Integer integer(JsonParser parser) throws IOException {
    Long value = whole(parser);
    return value != null && value == value.intValue() ? (Integer) value.intValue() : null;
  }

  /** Tells a key of value null from a key that is not there. */
  private static final class AccuracyOfKey extends JsonDeserializer<Accuracy> {
    @Override
    public Accuracy deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      return new Accuracy(context.readValue(parser, Double.class));
    }

    @Override
    public Accuracy getNullValue(DeserializationContext context) {
      return new Accuracy(null);
    }

    @Override
    public Object getAbsentValue(DeserializationContext context) {
      return null;
    }
  }
}
