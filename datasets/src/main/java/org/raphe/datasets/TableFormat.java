package org.raphe.datasets;

import java.util.Locale;
import java.util.Objects;
import org.raphe.InputException;

/**
 * How a table is written.
 *
 * @param separator what stands between two cells
 * @param labelColumn the name of the label's column in the heading, or its number from 1; null for
 *     the last one
 * @param heading whether the first line names the columns
 */
public record TableFormat(char separator, String labelColumn, Heading heading) {
  /** Commas, the label last, a heading where one is seen. */
  public static final TableFormat DEFAULT = new TableFormat(',', null, Heading.AUTO);

  /** Whether the first line of a table names its columns. */
  public enum Heading {
    /** Where one of its features is no number, or the label's column is named. */
    AUTO,
    /** It does. */
    YES,
    /** It is a sample. */
    NO
  }

  public TableFormat {
    Objects.requireNonNull(heading, "heading");
    if (Character.isLetterOrDigit(separator) || "\"+-.\r\n".indexOf(separator) >= 0) {
      throw new InputException(
          "\"" + separator + "\" separates no cells: it may stand within a number or a name");
    }
    if (labelColumn != null && labelColumn.isBlank()) {
      throw new InputException("the label's column has no name; give its name or number");
    }
    if (heading == Heading.NO && labelColumn != null && number(labelColumn) == 0) {
      throw new InputException(
          "without a heading no column is called \"" + labelColumn + "\"; give its number, from 1");
    }
  }

  /**
   * The separator of a text: one character, or {@code tab}, {@code comma}, {@code semicolon},
   * {@code space}.
   *
   * @throws InputException if it is none
   */
  public static char separator(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "tab", "\\t" -> '\t';
      case "comma" -> ',';
      case "semicolon" -> ';';
      case "space" -> ' ';
      default -> {
        if (text.length() != 1) {
          throw new InputException(
              "\"" + text + "\" is no separator; give one character, or tab or space");
        }
        yield text.charAt(0);
      }
    };
  }

  /** The number that a column's text is, from 1; 0 if it is none. */
  static int number(String column) {
    return column.matches("0*[1-9][0-9]{0,7}") ? Integer.parseInt(column) : 0;
  }
}
