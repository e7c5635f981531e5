package org.raphe.backend.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.raphe.backend.NetworkState;
import org.raphe.backend.PlacedNetwork;
import org.raphe.backend.cpu.CpuBackend;
import org.raphe.backend.cpu.KernelChoice;
import org.raphe.backend.device.CompetitiveCases;
import org.raphe.backend.device.DeviceCase;
import org.raphe.backend.device.DeviceLimits;
import org.raphe.backend.device.FaultPlan;
import org.raphe.backend.device.NanScores;
import org.raphe.rule.AssociativeReadout;
import org.raphe.rule.NacaCompetitive;

/** Competing columns on an OpenCL device have the bits of the CPU's plain loops. */
@NeedsOpenCl
class OpenClCompetitiveTest {
  private static final long ROOM = 1 << 28;

  private static OpenClBackend device;
  private static CpuBackend plain;

  @BeforeAll
  static void open() {
    device = new OpenClBackend(NeedsOpenCl.Device.number(), null, FaultPlan.none(), s -> s);
    plain = new CpuBackend(1, KernelChoice.named("plain"));
  }

  @AfterAll
  static void close() {
    if (plain != null) {
      plain.close();
    }
    if (device != null) {
      device.close();
    }
  }

  static List<DeviceCase> cases() {
    return CompetitiveCases.all();
  }

  private static String seen(DeviceCase given, OpenClBackend backend) {
    return String.join("\n", given.observe(backend, NeedsOpenCl.Device.hasDoubles()));
  }

  private static String expected(DeviceCase given) {
    return String.join("\n", given.observe(plain, NeedsOpenCl.Device.hasDoubles()));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void trainsAndTestsAsTheCpuDoes(DeviceCase given) {
    String expected = expected(given);
    assertEquals(expected, seen(given, device));
    String learned = "synapse updates \\[[1-9][0-9]*, [1-9][0-9]*\\]";
    assertTrue(expected.lines().anyMatch(line -> line.matches(".*" + learned)), expected);
    assertTrue(expected.lines().anyMatch(line -> line.matches(".* hits [1-9].*")), expected);
  }

  /** Scalars and every width of vectors; groups as small as a tile of units allows. */
  @ParameterizedTest
  @CsvSource({
    "1, 64, WINNER",
    "1, 256, RLS",
    "4, 16, RLS",
    "8, 8, WINNER",
    "8, 64, RLS",
    "16, 4, RLS"
  })
  void aDeviceOfOtherLimitsGivesTheSameBits(int lanes, int workGroup, AssociativeReadout readout) {
    DeviceCase given =
        CompetitiveCases.of("37-60-5", 9, 4, 3, 1f, new NacaCompetitive(0.06f, 2f, readout, 0.01f));
    DeviceLimits limits = new DeviceLimits(lanes, workGroup, 16384, ROOM, ROOM);
    try (OpenClBackend limited =
        new OpenClBackend(NeedsOpenCl.Device.number(), limits, FaultPlan.none(), s -> s)) {
      assertEquals(expected(given), seen(given, limited));
    }
  }

  @Test
  void scoresThatAreNanChooseNoColumn() {
    List<String> expected = NanScores.observe(plain, NeedsOpenCl.Device.hasDoubles());
    assertTrue(NanScores.taughtNothing(expected.subList(0, expected.size() / 6)), "" + expected);
    List<String> seen = NanScores.observe(device, NeedsOpenCl.Device.hasDoubles());
    assertEquals(String.join("\n", expected), String.join("\n", seen));
  }

  @Test
  void aReadoutWithoutInverseCorrelationTakesNone() {
    DeviceCase given = CompetitiveCases.small(AssociativeReadout.WINNER, 2);
    try (PlacedNetwork placed = device.place(given.placement())) {
      NetworkState others =
          CompetitiveCases.small(AssociativeReadout.RLS, 2).placement().initialState();
      assertThrows(IllegalArgumentException.class, () -> placed.writeState(others));
    }
  }
}
