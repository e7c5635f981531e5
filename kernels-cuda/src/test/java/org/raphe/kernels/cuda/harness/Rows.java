package org.raphe.kernels.cuda.harness;

import java.util.function.IntFunction;
import java.util.function.IntToLongFunction;

/**
 * Compares the rows that a kernel wrote, bit for bit, with what Java computes; prints every row
 * that differs.
 */
final class Rows {
  private final String kernel;
  private final int length;
  private final IntToLongFunction actual;
  private final IntFunction<String> arguments;
  private int row;
  private int wrong;

  /**
   * @param actual bits at an index of the kernel's output
   * @param arguments the operands of a column, for messages
   */
  Rows(String kernel, int length, IntToLongFunction actual, IntFunction<String> arguments) {
    this.kernel = kernel;
    this.length = length;
    this.actual = actual;
    this.arguments = arguments;
  }

  /** The next row holds these bits. */
  Rows row(IntToLongFunction expected) {
    int different = 0, first = 0;
    for (int i = length - 1; i >= 0; i--) {
      if (actual.applyAsLong(row * length + i) != expected.applyAsLong(i)) {
        different++;
        first = i;
      }
    }
    if (different > 0) {
      wrong++;
      System.out.printf(
          "%s row %d: %d of %d differ, first at %s: %x, expected %x%n",
          kernel,
          row,
          different,
          length,
          arguments.apply(first),
          actual.applyAsLong(row * length + first),
          expected.applyAsLong(first));
    }
    row++;
    return this;
  }

  /** Prints what was compared; whether all rows agreed. */
  boolean agree() {
    System.out.printf("%s: %d of %d rows agree on %d operands%n", kernel, row - wrong, row, length);
    return wrong == 0;
  }
}
