package org.raphe.backend.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** The place of a GPU as OpenCL tells it is the place as NVML takes it. */
class OpenClEnergyTest {

  @Test
  void placesAreWrittenAsNvmlReadsThem() {
    byte[] info = {1, 0, 0, 0, (byte) 0xaf, 0, 0, 0, 0x1f, 0, 0, 0, 7, 0, 0, 0};
    assertEquals("0001:af:1f.7", OpenClEnergy.busId(info));
    byte[] wide = {0x34, 0x12, 1, 0, 0x3b, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    assertEquals("11234:3b:00.0", OpenClEnergy.busId(wide));
  }
}
