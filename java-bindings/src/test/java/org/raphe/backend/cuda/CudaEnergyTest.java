package org.raphe.backend.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Energy of the GPU that worked, from planted counters. The harness reports an initialisation of
 * NVML that is not shut down, and a call without one.
 */
class CudaEnergyTest {
  private static final String OWN = "0000:00:00.0";
  private static final String OTHER = "0000:3b:00.0";
  private static final String WHOLE =
      "; the whole GPU during the whole run, tests and other programs included";

  private static List<String> rows(Map<String, String> conditions, String... words) {
    return HarnessRun.of(conditions, EnergyProgram.class, words).succeeded().rows();
  }

  private static Map<String, String> planted(String gpus) {
    return Map.of("RAPHE_HARNESS_ENERGY", gpus);
  }

  private static String counter(String place) {
    return "the NVML energy counter of the GPU at " + place;
  }

  /** CUDA's device 0 is second among NVML's. */
  @Test
  void theDeviceIsFoundByItsPlaceAndEachReadingCountsFromTheBeginning() {
    List<String> rows =
        rows(
            planted(OTHER + "=100/350/600," + OWN + "=4294967296000/4294967308345/4294967296001"),
            EnergyProgram.CUDA,
            OTHER);
    assertEquals(
        List.of(
            "12.345 " + counter(OWN) + WHOLE,
            "0.25 " + counter(OTHER) + WHOLE,
            "0.001 " + counter(OWN) + WHOLE,
            "0.5 " + counter(OTHER) + WHOLE),
        rows);
  }

  @Test
  void placesAreCapitalsOrNotAsCudaWritesThem() {
    List<String> rows = rows(planted("00000000:AF:00.0=7/9"), "0000:af:00.0");
    assertEquals("0.002 " + counter("0000:af:00.0") + WHOLE, rows.get(0));
  }

  @Test
  void aCounterThatStandsOrGoesBackIsNoEnergy() {
    assertEquals(
        List.of(
            "null not measured: "
                + counter(OWN)
                + " did not move: the run was shorter than the time between its updates",
            "null not measured: "
                + counter(OWN)
                + " went back from 500 to 20 mJ: the driver was loaded anew during the run"),
        rows(planted(OWN + "=500/500/20"), EnergyProgram.CUDA));
  }

  @Test
  void aGpuWithoutCounterSaysSoAndOthersCount() {
    List<String> rows = rows(planted(OTHER + "=1/2," + OWN + "="), EnergyProgram.CUDA, OTHER);
    assertEquals(
        "null not measured: NVML call nvmlDeviceGetTotalEnergyConsumption (its counter) failed on the GPU at "
            + OWN
            + ": Not Supported (3); GPUs count their energy since the Volta generation",
        rows.get(0));
    assertEquals("0.001 " + counter(OTHER) + WHOLE, rows.get(1));
  }

  /** Which call fails, from which time on: the first reading is the beginning's. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nvmlInit:1:18 | nvmlInit_v2 (for a reading) | Driver/library version mismatch (18); the driver was updated",
        "nvmlInit:2:9 | nvmlInit_v2 (for a reading) | Driver Not Loaded (9); look at nvidia-smi",
        "nvmlDeviceGetHandleByPciBusId:1:4 | nvmlDeviceGetHandleByPciBusId_v2 (by its place) | Insufficient Permissions (4); ask",
        "nvmlDeviceGetTotalEnergyConsumption:1:15 | nvmlDeviceGetTotalEnergyConsumption (its counter) | GPU is lost (15); look at",
        "nvmlDeviceGetTotalEnergyConsumption:2:15 | nvmlDeviceGetTotalEnergyConsumption (its counter) | GPU is lost (15); look at"
      })
  void aCallThatFailsIsTheReason(String plan, String call, String status) {
    Map<String, String> conditions =
        Map.of("RAPHE_HARNESS_ENERGY", OWN + "=1/2/3", "RAPHE_HARNESS_FAIL", plan);
    for (String row : rows(conditions, EnergyProgram.CUDA)) {
      String expected = "null not measured: NVML call " + call + " failed on the GPU at " + OWN;
      assertTrue(row.startsWith(expected + ": " + status), row);
    }
  }

  @Test
  void aGpuThatNvmlDoesNotKnowIsNotAnother() {
    for (String row : rows(planted(OTHER + "=1/2"), EnergyProgram.CUDA)) {
      assertTrue(row.startsWith("null not measured: NVML call nvmlDeviceGetHandleByPci"), row);
      assertTrue(row.contains(OWN + ": Not Found (6)"), row);
    }
  }

  @Test
  void aDriverThatDoesNotTellThePlaceIsTheReason() {
    Map<String, String> conditions =
        Map.of(
            "RAPHE_HARNESS_ENERGY",
            OWN + "=1/2",
            "RAPHE_HARNESS_FAIL",
            "cuDeviceGetPCIBusId:1:801");
    HarnessRun run = HarnessRun.of(conditions, EnergyProgram.class, EnergyProgram.CUDA);
    String said = "null not measured: CUDA call cuDeviceGetPCIBusId (a device) failed on ";
    assertTrue(run.rows().get(0).startsWith(said), run.output());
    assertTrue(run.rows().get(0).contains("CUDA_ERROR_NOT_SUPPORTED (801)"), run.output());
  }
}
