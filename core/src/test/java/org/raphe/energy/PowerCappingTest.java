package org.raphe.energy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Energy from a made-up folder of counters. */
class PowerCappingTest {
  private static final long RANGE = 999_999;

  @TempDir Path folder;

  private Path zone(String file, String name, long microjoules) throws IOException {
    Path zone = Files.createDirectories(folder.resolve(file));
    Files.writeString(zone.resolve("name"), name + "\n");
    Files.writeString(zone.resolve("max_energy_range_uj"), RANGE + "\n");
    set(zone, microjoules);
    return zone;
  }

  private static void set(Path zone, long microjoules) throws IOException {
    Files.writeString(zone.resolve("energy_uj"), microjoules + "\n");
  }

  @Test
  void packagesAndMemoryAreSummedAndNothingTwice() throws IOException {
    Path first = zone("intel-rapl:0", "package-0", 100);
    Path second = zone("intel-rapl:1", "package-1", 1000);
    Path memory = zone("intel-rapl:0:2", "dram", 10);
    Path cores = zone("intel-rapl:0:0", "core", 50);
    Path platform = zone("intel-rapl:2", "psys", 50);
    Path again = zone("intel-rapl-mmio:0", "package-0", 100);
    Files.createDirectories(folder.resolve("intel-rapl"));
    try (PowerCapping energy = PowerCapping.start(folder)) {
      set(first, 300_100);
      set(second, 201_000);
      set(memory, 1_010);
      for (Path other : new Path[] {cores, platform, again}) {
        set(other, 700_000);
      }
      EnergyReading reading = energy.reading();
      assertEquals(0.501, reading.joules(), 1e-12);
      assertTrue(reading.source().contains("dram, package-0, package-1"), reading.source());
    }
  }

  @Test
  void aCounterThatCameRoundGoesOn() throws IOException {
    Path zone = zone("intel-rapl:0", "package-0", 900_000);
    try (PowerCapping energy = PowerCapping.start(folder)) {
      set(zone, 100_000);
      assertEquals(0.2, energy.reading().joules(), 1e-12);
      set(zone, 99_999);
      assertEquals(1.199999, energy.reading().joules(), 1e-12, "and round once more");
    }
  }

  @Test
  void whatCannotBeReadIsNullWithItsReason() throws IOException {
    try (PowerCapping none = PowerCapping.start(folder.resolve("absent"))) {
      assertNull(none.reading().joules());
      assertTrue(none.reading().source().contains("no such file or folder"));
    }
    zone("intel-rapl:0", "core", 1);
    try (PowerCapping none = PowerCapping.start(folder)) {
      assertNull(none.reading().joules());
      assertTrue(none.reading().source().contains("no intel-rapl package zone"));
    }
    Path zone = zone("intel-rapl:1", "package-0", 1);
    try (PowerCapping lost = PowerCapping.start(folder)) {
      Files.writeString(zone.resolve("energy_uj"), "nonsense");
      assertNull(lost.reading().joules());
      assertTrue(lost.reading().source().contains("holds no number"), lost.reading().source());
    }
  }
}
