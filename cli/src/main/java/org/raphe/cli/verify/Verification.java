package org.raphe.cli.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.raphe.InputException;

/** All checks of a backend, one after the other. */
public final class Verification {
  private Verification() {}

  /**
   * One check that was run.
   *
   * @param name its name
   * @param finding what it found
   * @param seconds how long it took
   */
  public record Done(String name, Finding finding, double seconds) {}

  /**
   * Runs all checks, whatever each of them finds.
   *
   * @param each receives each check as it ends
   * @throws InputException if there is no such backend or device here
   */
  public static void run(List<Check> checks, Task task, Consumer<Done> each) {
    for (Check check : checks) {
      long from = System.nanoTime();
      Finding finding = found(check, task);
      each.accept(new Done(check.name(), finding, (System.nanoTime() - from) / 1e9));
    }
  }

  /**
   * The checks of a backend.
   *
   * @param onDevice whether it is a device's; the CPU has fewer
   * @param runs whole runs on it, which the command line knows how to make
   */
  public static List<Check> checks(boolean onDevice, Check runs) {
    List<Check> bits = List.of(new VectorsCheck(), new ParityCheck(), new TrainingCheck(), runs);
    if (!onDevice) {
      return bits;
    }
    List<Check> checks = new ArrayList<>(List.of(new SelfTestCheck()));
    checks.addAll(bits);
    checks.addAll(List.of(new KernelTimesCheck(), new MemoryCheck()));
    return checks;
  }

  /** A device that fails fails the check, and the next one opens it anew. */
  private static Finding found(Check check, Task task) {
    try {
      return check.run(task);
    } catch (InputException e) {
      throw e;
    } catch (RuntimeException e) {
      return Finding.failed(e.getMessage() == null ? e.toString() : e.getMessage());
    }
  }
}
