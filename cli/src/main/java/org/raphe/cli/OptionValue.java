package org.raphe.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.raphe.KnownNames;

/** The constants that values of options name. */
final class OptionValue {
  private OptionValue() {}

  /**
   * The constant of a type that an option names.
   *
   * @throws org.raphe.InputException if there is none of that name
   */
  static <E extends Enum<E>> E of(String option, Class<E> type, String name) {
    List<String> names = Arrays.stream(type.getEnumConstants()).map(OptionValue::typed).toList();
    return type.getEnumConstants()[names.indexOf(KnownNames.chosen(option, name, names))];
  }

  /** A constant as users type it. */
  private static String typed(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
