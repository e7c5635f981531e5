package org.raphe.backend.cuda;

import java.util.function.UnaryOperator;
import org.raphe.RunException;
import org.raphe.backend.PlacedNetwork;
import org.raphe.backend.PlacedSamples;
import org.raphe.backend.device.DeviceCase;
import org.raphe.backend.device.FaultPlan;
import org.raphe.backend.device.ResourceCount;
import org.raphe.backend.device.SeveralBatches;
import org.raphe.network.Mode;
import org.raphe.network.NeuronModel;
import org.raphe.rule.Naca;

/** Trains batches that are sent together, and prints what is seen of it. */
final class SeveralBatchesProgram {
  /** A word that prints what each network comes to. */
  static final String STATES = "states";

  /** A word that prints what three tables of batches launch, and by how many calls. */
  static final String LAUNCHES = "launches";

  /** A word that makes each launch be waited for. */
  static final String SYNCHRONOUS = "synchronous";

  private static final int TABLE = 8;

  private SeveralBatchesProgram() {}

  /** Any other word is a plan of a call to fail, after which the same is done once more. */
  public static void main(String[] words) {
    String word = words[0];
    FaultPlan faults = word.contains(":") ? FaultPlan.parse(word) : FaultPlan.none();
    boolean synchronous = word.equals(SYNCHRONOUS);
    CudaBackend backend = new CudaBackend(0, synchronous, faults, UnaryOperator.identity());
    try (backend) {
      if (word.equals(STATES)) {
        SeveralBatches.rows(backend, true).forEach(HarnessRun::row);
      } else if (word.equals(LAUNCHES) || synchronous) {
        launches(backend);
      } else {
        weights(backend);
        weights(backend);
      }
    } catch (RunException e) {
      HarnessRun.row("RunException: " + e.getMessage());
    }
    ResourceCount left = backend.resources();
    HarnessRun.row("closed: held " + left.held() + ", bytes " + left.bytes());
  }

  private static DeviceCase given() {
    return SeveralBatches.of("9-17-3", NeuronModel.LIF, Mode.CLASSIFICATION, new Naca());
  }

  private static void launches(CudaBackend backend) {
    ResourceCount count = backend.resources();
    try (PlacedNetwork placed = backend.place(given().placement());
        PlacedSamples shown = placed.placeSamples(given().samples(7))) {
      for (int table = 0; table < 3; table++) {
        long launches = count.launches();
        long calls = count.launchCalls();
        long graphs = count.graphLaunches();
        SeveralBatches.train(placed, shown, TABLE * table, TABLE);
        placed.takeCounters();
        HarnessRun.row(
            (count.launches() - launches)
                + " launches by "
                + (count.launchCalls() - calls)
                + " calls, "
                + (count.graphLaunches() - graphs)
                + " graphs");
      }
    }
  }

  /** Prints what three tables of batches come to, or the failure, and what is held then. */
  private static void weights(CudaBackend backend) {
    try (PlacedNetwork placed = backend.place(given().placement());
        PlacedSamples shown = placed.placeSamples(given().samples(7))) {
      given().writeInitial(placed);
      SeveralBatches.train(placed, shown, 0, TABLE);
      SeveralBatches.train(placed, shown, TABLE, TABLE);
      SeveralBatches.train(placed, shown, 2 * TABLE, TABLE);
      HarnessRun.row("weights " + placed.readParameters().sha256());
    } catch (RunException e) {
      HarnessRun.row("RunException: " + e.getMessage());
    }
    HarnessRun.row("bytes " + backend.resources().bytes());
  }
}
