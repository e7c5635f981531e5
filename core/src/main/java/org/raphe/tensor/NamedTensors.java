package org.raphe.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.raphe.InputException;
import org.raphe.Sha256;

/**
 * Tensors by name, in an order of their own: what files, digests and devices loop over.
 *
 * @param tensors by name, first one first
 */
public record NamedTensors(Map<String, Tensor> tensors) {
  private static final int CHUNK_FLOATS = 4096;

  public NamedTensors {
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
  }

  /** Whether there is a tensor of this name. */
  public boolean has(String name) {
    return tensors.containsKey(name);
  }

  /**
   * The values of one tensor, row-major; these themselves, no copy.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public float[] values(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException(
          "there is no tensor \"" + name + "\" among " + tensors.keySet());
    }
    return tensor.values();
  }

  /**
   * These and then others.
   *
   * @throws IllegalArgumentException if both have a name in common
   */
  public NamedTensors and(NamedTensors more) {
    Map<String, Tensor> all = new LinkedHashMap<>(tensors);
    more.tensors.forEach(
        (name, tensor) -> {
          if (all.putIfAbsent(name, tensor) != null) {
            throw new IllegalArgumentException("there are two tensors \"" + name + "\"");
          }
        });
    return new NamedTensors(all);
  }

  /**
   * These, with the values of some replaced.
   *
   * @throws IllegalArgumentException if a name is not among these, or is of another shape
   */
  public NamedTensors with(NamedTensors replaced) {
    Map<String, Tensor> all = new LinkedHashMap<>(tensors);
    replaced.tensors.forEach(
        (name, tensor) -> {
          Tensor before = all.replace(name, tensor);
          if (before == null || !before.shape().equals(tensor.shape())) {
            throw new IllegalArgumentException(
                "no tensor \"" + name + "\" of shape " + tensor.shape() + " is among " + specs());
          }
        });
    return new NamedTensors(all);
  }

  /** The same, each name led by {@code prefix}. */
  public NamedTensors prefixed(String prefix) {
    Map<String, Tensor> named = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> named.put(prefix + name, tensor));
    return new NamedTensors(named);
  }

  /** Those whose names begin with {@code prefix}, which is left out of them. */
  public NamedTensors under(String prefix) {
    Map<String, Tensor> named = new LinkedHashMap<>();
    tensors.forEach(
        (name, tensor) -> {
          if (name.startsWith(prefix)) {
            named.put(name.substring(prefix.length()), tensor);
          }
        });
    return new NamedTensors(named);
  }

  /** Those whose names do not begin with {@code prefix}. */
  public NamedTensors without(String prefix) {
    Map<String, Tensor> named = new LinkedHashMap<>(tensors);
    named.keySet().removeIf(name -> name.startsWith(prefix));
    return new NamedTensors(named);
  }

  /** Names and shapes. */
  public List<TensorSpec> specs() {
    return tensors.entrySet().stream()
        .map(entry -> new TensorSpec(entry.getKey(), entry.getValue().shape()))
        .toList();
  }

  /**
   * Takes tensors out of a file, in the order of {@code specs}.
   *
   * @param file the file's name, for messages
   * @throws InputException if one is missing, has another shape or holds a value that is not
   *     finite, or if the file holds others beside
   */
  public static NamedTensors take(String file, SafeTensors from, List<TensorSpec> specs) {
    Map<String, Tensor> taken = new LinkedHashMap<>();
    for (TensorSpec spec : specs) {
      taken.put(spec.name(), take(file, from, spec));
    }
    for (String name : from.tensors().keySet()) {
      if (!taken.containsKey(name)) {
        throw new InputException(
            file
                + " holds a tensor \""
                + name
                + "\" that is not expected; it is of another network");
      }
    }
    return new NamedTensors(taken);
  }

  private static Tensor take(String file, SafeTensors from, TensorSpec spec) {
    String name = spec.name();
    Tensor tensor = from.tensors().get(name);
    if (tensor == null) {
      throw new InputException(
          file + " holds no tensor \"" + name + "\"; it is of another network");
    }
    if (!tensor.shape().equals(spec.shape())) {
      throw new InputException(
          file
              + " holds \""
              + name
              + "\" of shape "
              + tensor.shape()
              + ", but the network needs "
              + spec.shape());
    }
    for (float value : tensor.values()) {
      if (!Float.isFinite(value)) {
        throw new InputException(file + " holds " + value + " in \"" + name + "\"");
      }
    }
    return tensor;
  }

  /** SHA-256, in hexadecimal, of names, shapes and all bits, in order, little endian. */
  public String sha256() {
    MessageDigest digest = Sha256.newDigest();
    tensors.forEach(
        (name, tensor) -> {
          digest.update((name + tensor.shape()).getBytes(StandardCharsets.UTF_8));
          addTo(digest, tensor.values());
        });
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Adds the bits of values to a digest, little endian. */
  public static void addTo(MessageDigest digest, float[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Float.BYTES * CHUNK_FLOATS).order(ByteOrder.LITTLE_ENDIAN);
    for (int from = 0; from < values.length; from += CHUNK_FLOATS) {
      int count = Math.min(CHUNK_FLOATS, values.length - from);
      bytes.clear();
      bytes.asFloatBuffer().put(values, from, count);
      digest.update(bytes.array(), 0, Float.BYTES * count);
    }
  }
}
