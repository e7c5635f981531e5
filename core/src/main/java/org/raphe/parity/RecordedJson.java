package org.raphe.parity;

import com.fasterxml.jackson.databind.JsonNode;
import org.raphe.InputException;

/** Typed access to a recorded file, with errors that name file and key. */
final class RecordedJson {
  private final String file;
  private final JsonNode node;

  RecordedJson(String file, JsonNode node) {
    this.file = file;
    this.node = node;
  }

  boolean has(String key) {
    return node.has(key);
  }

  RecordedJson child(String key) {
    JsonNode child = node.get(key);
    if (child == null) {
      throw fault("has no \"" + key + "\"");
    }
    return new RecordedJson(file, child);
  }

  RecordedJson element(int index) {
    if (!node.isArray() || index >= node.size()) {
      throw fault("has too few elements in an array: " + node.size());
    }
    return new RecordedJson(file, node.get(index));
  }

  int size() {
    return node.size();
  }

  int integer(String key) {
    JsonNode child = child(key).node;
    if (!child.isInt()) {
      throw fault("\"" + key + "\" is not a whole number");
    }
    return child.intValue();
  }

  float number(String key) {
    JsonNode child = child(key).node;
    if (!child.isNumber()) {
      throw fault("\"" + key + "\" is not a number");
    }
    return child.floatValue();
  }

  double decimal(String key) {
    number(key);
    return child(key).node.doubleValue();
  }

  String text(String key) {
    JsonNode child = child(key).node;
    if (!child.isTextual()) {
      throw fault("\"" + key + "\" is not a text");
    }
    return child.textValue();
  }

  /** All numbers of a nested array, in order. */
  float[] floats(String key) {
    return child(key).floats();
  }

  /** All numbers of this nested array, in order. */
  float[] floats() {
    float[] values = new float[count(node)];
    fill(node, values, 0);
    return values;
  }

  /** All whole numbers of a nested array, in order. */
  int[] integers(String key) {
    float[] values = floats(key);
    int[] integers = new int[values.length];
    for (int k = 0; k < values.length; k++) {
      integers[k] = (int) values[k];
      if (integers[k] != values[k]) {
        throw fault("\"" + key + "\" holds " + values[k] + ", which is not a whole number");
      }
    }
    return integers;
  }

  private int count(JsonNode part) {
    if (part.isNumber()) {
      return 1;
    }
    if (!part.isArray()) {
      throw fault("holds " + part.getNodeType() + " where numbers belong");
    }
    int sum = 0;
    for (JsonNode child : part) {
      sum += count(child);
    }
    return sum;
  }

  private static int fill(JsonNode part, float[] values, int at) {
    if (part.isNumber()) {
      values[at] = part.floatValue();
      return at + 1;
    }
    int next = at;
    for (JsonNode child : part) {
      next = fill(child, values, next);
    }
    return next;
  }

  InputException fault(String why) {
    return new InputException("recorded vectors " + file + " " + why);
  }
}
