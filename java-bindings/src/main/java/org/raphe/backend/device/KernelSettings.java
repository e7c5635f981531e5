package org.raphe.backend.device;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Whole numbers that a kernel is compiled with, such as STEPS or LANES, by name and in order.
 *
 * @param values name to value
 */
public record KernelSettings(Map<String, Integer> values) {

  public KernelSettings {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** No setting yet. */
  public static KernelSettings none() {
    return new KernelSettings(Map.of());
  }

  /** These and one more. */
  public KernelSettings with(String name, int value) {
    Map<String, Integer> more = new LinkedHashMap<>(values);
    more.put(name, value);
    return new KernelSettings(more);
  }

  /** These and one more: 1 for true, 0 for false. */
  public KernelSettings with(String name, boolean value) {
    return with(name, value ? 1 : 0);
  }
}
