package org.raphe.cli.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.raphe.InputException;

/** All checks of a backend, one after the other. */
public final class Verification {
  private static final List<Check> OF_CPU =
      List.of(new VectorsCheck(), new ParityCheck(), new TrainingCheck());

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
   * @param onDevice whether a device is verified; the CPU has fewer checks
   * @param each is told of each check as it ends
   * @throws InputException if there is no such backend or device here
   */
  public static List<Done> run(Task task, boolean onDevice, Consumer<Done> each) {
    List<Done> all = new ArrayList<>();
    for (Check check : onDevice ? ofDevice() : OF_CPU) {
      long from = System.nanoTime();
      Finding finding = found(check, task);
      Done done = new Done(check.name(), finding, (System.nanoTime() - from) / 1e9);
      all.add(done);
      each.accept(done);
    }
    return all;
  }

  private static List<Check> ofDevice() {
    List<Check> checks = new ArrayList<>();
    checks.add(new SelfTestCheck());
    checks.addAll(OF_CPU);
    checks.add(new KernelTimesCheck());
    checks.add(new MemoryCheck());
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
