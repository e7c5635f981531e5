package org.raphe.nir;

import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.raphe.InputException;

/** Fields of a node in a file, by name, as what they are meant to be. */
final class NodeFields {
  private static final List<String> OF_EVERY_NODE = List.of("type", "metadata");

  private final String name;
  private final Group group;

  /**
   * @param name of the node, for messages
   */
  NodeFields(String name, Group group) {
    this.name = name;
    this.group = group;
  }

  InputException refused(String why) {
    return new InputException("node \"" + name + "\" " + why);
  }

  /** These, once it is sure that there are no others than the named. */
  NodeFields only(String... names) {
    for (String key : group.getChildren().keySet()) {
      if (!OF_EVERY_NODE.contains(key) && !Arrays.asList(names).contains(key)) {
        throw refused("has a field \"" + key + "\" that is not known");
      }
    }
    return this;
  }

  boolean has(String key) {
    return group.getChildren().containsKey(key);
  }

  private Node member(String key) {
    Node member = group.getChild(key);
    if (member == null) {
      throw refused("has no \"" + key + "\"");
    }
    return member;
  }

  Group group(String key) {
    if (member(key) instanceof Group found) {
      return found;
    }
    throw refused("has a \"" + key + "\" that is no group");
  }

  private Dataset dataset(String key) {
    if (member(key) instanceof Dataset found) {
      return found;
    }
    throw refused("has a \"" + key + "\" that holds no values");
  }

  boolean isText(String key) {
    return dataset(key).getJavaType() == String.class;
  }

  /** Sides of what a field holds; none of a single value. */
  List<Integer> shape(String key) {
    return Arrays.stream(dataset(key).getDimensions()).boxed().toList();
  }

  /** Sides, of which there are {@code count}, none of them 0. */
  List<Integer> shape(String key, int count) {
    List<Integer> shape = shape(key);
    if (shape.size() != count || shape.contains(0)) {
      throw refused("has a " + key + " of shape " + shape + "; it has " + count + " dimensions");
    }
    return shape;
  }

  /** Texts, row by row. */
  String[] texts(String key) {
    if (!isText(key) || !(dataset(key).getDataFlat() instanceof String[] texts)) {
      throw refused("has a " + key + " that is no text");
    }
    return texts;
  }

  /** One text. */
  String text(String key) {
    String[] texts = texts(key);
    if (texts.length != 1) {
      throw refused("has " + texts.length + " texts as its " + key + "; it is one");
    }
    return texts[0];
  }

  private Object numbers(String key) {
    Object values = isText(key) ? null : dataset(key).getDataFlat();
    if (values == null || !values.getClass().isArray() || Array.getLength(values) == 0) {
      throw refused("has a " + key + " that is no number");
    }
    if (!values.getClass().getComponentType().isPrimitive() || values instanceof boolean[]) {
      throw refused("has a " + key + " that is no number");
    }
    return values;
  }

  /** Finite numbers of that shape, rounded to float32, row by row. */
  float[] floats(String key, List<Integer> shape) {
    if (!shape(key).equals(shape)) {
      throw refused("has a " + key + " of shape " + shape(key) + ", not " + shape);
    }
    Object values = numbers(key);
    float[] floats = values instanceof float[] own ? own : new float[Array.getLength(values)];
    for (int k = 0; k < floats.length; k++) {
      if (floats != values) {
        floats[k] = (float) Array.getDouble(values, k);
      }
      if (!Float.isFinite(floats[k])) {
        throw refused("has " + floats[k] + " in its " + key);
      }
    }
    return floats;
  }

  private List<Integer> integers(String key) {
    Object values = numbers(key);
    List<Integer> integers = new ArrayList<>();
    for (int k = 0; k < Array.getLength(values); k++) {
      double value = Array.getDouble(values, k);
      if (value != (int) value) {
        throw refused("has " + value + " as its " + key + ", which is no usable whole number");
      }
      integers.add((int) value);
    }
    return integers;
  }

  /** One whole number. */
  int integer(String key) {
    List<Integer> integers = few(key, 1);
    return integers.get(0);
  }

  /** Two whole numbers, by rows and by columns; a single one stands for both. */
  List<Integer> pair(String key) {
    List<Integer> integers = few(key, 2);
    return integers.size() == 1 ? List.of(integers.get(0), integers.get(0)) : integers;
  }

  /** A shape: 1 to 4 numbers above 0. */
  List<Integer> sizes(String key) {
    List<Integer> sizes = few(key, 4);
    if (sizes.stream().anyMatch(size -> size < 1)) {
      throw refused("has a " + key + " of " + sizes + "; sizes are above 0");
    }
    return sizes;
  }

  private List<Integer> few(String key, int most) {
    if (dataset(key).getSize() > most) {
      throw refused("has " + dataset(key).getSize() + " numbers as its " + key);
    }
    return integers(key);
  }

  /** A text, a number, or a row of them; null for what is none of these. */
  Object any(String key) {
    Dataset dataset = dataset(key);
    boolean single = dataset.getDimensions().length == 0;
    Object values = dataset.getDataFlat();
    if (values instanceof String[] texts) {
      return single && texts.length == 1 ? texts[0] : texts;
    }
    boolean numbers = values != null && values.getClass().isArray() && Array.getLength(values) > 0;
    return numbers && single ? Array.get(values, 0) : values;
  }
}
