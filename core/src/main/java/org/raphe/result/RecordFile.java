package org.raphe.result;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.raphe.BoundedFile;
import org.raphe.InputException;
import org.raphe.IoFailure;
import org.raphe.ReplacedFile;

/** A JSON file that holds a record. What is read is not trusted: it is bounded and checked. */
public final class RecordFile {
  private static final int MOST_BYTES = 32 << 20;
  private static final int DEEPEST = 64;
  private static final int MOST_TOKENS = 8 << 20;

  private static final ObjectMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEEPEST)
                          .maxStringLength(1 << 16)
                          .maxNumberLength(100)
                          .maxTokenCount(MOST_TOKENS)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
          .addModule(StrictScalar.module())
          .build();

  private RecordFile() {}

  /**
   * Writes a record; a file that stands there is replaced.
   *
   * @throws org.raphe.RunException if that fails
   */
  public static void write(Path file, Record content) {
    ReplacedFile.write(file, path -> Files.write(path, JSON.writeValueAsBytes(content)));
  }

  /** What {@link #write} would write. */
  public static byte[] bytes(Record content) {
    try {
      return JSON.writeValueAsBytes(content);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record has no JSON", e);
    }
  }

  /**
   * Reads a record that did not come in a file, as {@link #read} does.
   *
   * @param source what it came in, in words for a message
   * @throws InputException as {@link #read}
   */
  public static <T extends Record> T of(String source, byte[] content, Class<T> type) {
    if (content.length > MOST_BYTES) {
      throw new InputException(source + " is larger than " + (MOST_BYTES >> 20) + " MiB");
    }
    return record(source, tree(source, content), type);
  }

  /**
   * Reads a record; keys that it has no component for are passed over.
   *
   * @throws InputException if the file is no JSON object, is beyond all bounds, or holds what does
   *     not belong where it stands; one line says where
   */
  public static <T extends Record> T read(Path file, Class<T> type) {
    return record(file.toString(), tree(file), type);
  }

  /** The object that a file holds. */
  static JsonNode tree(Path file) {
    try {
      return tree(file.toString(), BoundedFile.read(file, MOST_BYTES));
    } catch (IOException e) {
      throw new InputException("cannot read " + file + ": " + IoFailure.reason(e), e);
    }
  }

  private static JsonNode tree(String source, byte[] content) {
    try {
      JsonNode read = JSON.readTree(content);
      if (!read.isObject()) {
        throw new InputException(source + " is broken: it holds no JSON object");
      }
      return read;
    } catch (JsonProcessingException e) {
      throw new InputException(source + " is not JSON: " + firstLine(e), e);
    } catch (IOException e) {
      throw new InputException("cannot read " + source + ": " + IoFailure.reason(e), e);
    }
  }

  /** The record of a file's object. */
  static <T extends Record> T record(String source, JsonNode content, Class<T> type) {
    try {
      return JSON.treeToValue(content, type);
    } catch (MismatchedInputException e) {
      throw new InputException(
          source + " is broken: " + key(e) + " is no " + StrictScalar.words(e.getTargetType()), e);
    } catch (JsonProcessingException e) {
      throw new InputException(source + " is broken: " + firstLine(e), e);
    }
  }

  /** The key that an error is about, as {@code epochs/0/seconds}. */
  private static String key(JsonMappingException e) {
    return e.getPath().stream()
        .map(part -> part.getFieldName() == null ? "" + part.getIndex() : part.getFieldName())
        .collect(Collectors.joining("/"));
  }

  private static String firstLine(JsonProcessingException e) {
    String where = e.getLocation() == null ? "" : " (line " + e.getLocation().getLineNr() + ")";
    return e.getOriginalMessage().lines().findFirst().orElse("") + where;
  }
}
