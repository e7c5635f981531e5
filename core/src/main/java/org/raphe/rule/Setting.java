package org.raphe.rule;

import java.util.Arrays;
import java.util.List;
import org.raphe.InputException;
import org.raphe.KnownNames;

/** Values of rules' settings, read from what users type. */
final class Setting {
  private Setting() {}

  /**
   * A number.
   *
   * @throws InputException if it is none
   */
  static float number(String setting, String value) {
    try {
      return Float.parseFloat(value);
    } catch (NumberFormatException e) {
      throw new InputException(setting + " must be a number, not \"" + value + "\"", e);
    }
  }

  /**
   * A number, in double.
   *
   * @throws InputException if it is none
   */
  static double decimal(String setting, String value) {
    try {
      return Double.parseDouble(value);
    } catch (NumberFormatException e) {
      throw new InputException(setting + " must be a number, not \"" + value + "\"", e);
    }
  }

  /**
   * A whole number.
   *
   * @throws InputException if it is none
   */
  static int wholeNumber(String setting, String value) {
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new InputException(setting + " must be a whole number, not \"" + value + "\"", e);
    }
  }

  /**
   * One of a few words.
   *
   * @throws InputException if it is none of them
   */
  static <E extends Enum<E>> E word(String setting, Class<E> type, String value) {
    List<String> names = Arrays.stream(type.getEnumConstants()).map(Object::toString).toList();
    return type.getEnumConstants()[names.indexOf(KnownNames.chosen(setting, value, names))];
  }
}
