package org.raphe.backend.cuda;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.raphe.InputException;
import org.raphe.RunException;
import org.raphe.backend.device.DeviceCase;
import org.raphe.backend.device.FaultPlan;
import org.raphe.network.Mode;
import org.raphe.network.NeuronModel;

/**
 * Opens the device, trains and tests, closes all, and prints what a user would read of a failure;
 * any other exception ends the process with its trace.
 */
final class FailureProgram {
  /** A word that makes each launch be waited for. */
  static final String SYNCHRONOUS = "synchronous";

  /** A word that puts no instruction into the kernel that learns. */
  static final String BROKEN = "broken";

  /** A word that puts a trap there. */
  static final String TRAP = "trap";

  /** A word that tries twice. */
  static final String TWICE = "twice";

  private FailureProgram() {}

  public static void main(String[] words) {
    boolean synchronous = Arrays.asList(words).contains(SYNCHRONOUS);
    int tries = Arrays.asList(words).contains(TWICE) ? 2 : 1;
    for (int k = 0; k < tries; k++) {
      try (CudaBackend backend =
          new CudaBackend(0, synchronous, FaultPlan.none(), planting(Arrays.asList(words)))) {
        DeviceCase given = ResourcesProgram.given(NeuronModel.LIF, Mode.CLASS_CONTINUAL);
        for (int round = 0; round < 3; round++) {
          given.observe(backend, true);
        }
      } catch (InputException | RunException e) {
        HarnessRun.row(e.getClass().getSimpleName() + ": " + e.getMessage());
      }
    }
    if (tries == 2) {
      HarnessRun.row(CudaBackend.anyDevice() + " " + CudaBackend.devices());
    }
  }

  private static UnaryOperator<String> planting(List<String> words) {
    String instruction = words.contains(BROKEN) ? "no_instruction;" : "trap;";
    boolean plants = words.contains(BROKEN) || words.contains(TRAP);
    return ptx ->
        plants && ptx.contains(".entry learn_spiking(")
            ? ptx.replaceFirst("(?m)^\\s*ld\\.param", instruction + "\n$0")
            : ptx;
  }
}
