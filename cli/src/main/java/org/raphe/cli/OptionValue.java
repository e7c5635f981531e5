package org.raphe.cli;

import java.util.Arrays;
import java.util.Locale;
import org.raphe.InputException;

/** The constants that values of options name. */
final class OptionValue {
  private OptionValue() {}

  /**
   * The constant of a type that an option names.
   *
   * @throws InputException if there is none of that name
   */
  static <E extends Enum<E>> E of(String option, Class<E> type, String name) {
    for (E constant : type.getEnumConstants()) {
      if (typed(constant).equalsIgnoreCase(name)) {
        return constant;
      }
    }
    String known =
        String.join(", ", Arrays.stream(type.getEnumConstants()).map(OptionValue::typed).toList());
    throw new InputException(option + " \"" + name + "\" is unknown; choose one of " + known);
  }

  /** A constant as users type it. */
  private static String typed(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
