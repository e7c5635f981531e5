package org.raphe.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.raphe.InputException;
import org.raphe.backend.Backend;
import org.raphe.backend.cpu.CpuBackend;
import org.raphe.backend.cpu.KernelChoice;
import org.raphe.data.Samples;
import org.raphe.network.InputShape;
import org.raphe.network.Mode;
import org.raphe.network.NeuronModel;

class ParityCaseTest {
  private static final Samples IMAGES = images(64);

  @Test
  void casesCoverBothModesBothNeuronsAndThreeBatches() {
    List<ParityCase> all = ParityCase.all();
    assertEquals(118, all.size());
    assertEquals(118, new HashSet<>(all.stream().map(ParityCase::toString).toList()).size());
  }

  @Test
  void digestsAreEqualOnEveryTeamAndTellCasesApart() {
    ParityCase one = ParityCase.of("37-61-5", NeuronModel.LIF, Mode.CLASSIFICATION, 3);
    ParityCase other = ParityCase.of("37-61-5", NeuronModel.LIF, Mode.CLASSIFICATION, 4);
    try (Backend plain = new CpuBackend(1, KernelChoice.named("plain"));
        Backend best = new CpuBackend(3)) {
      assertEquals(one.digest(plain, IMAGES, 20), one.digest(best, IMAGES, 20));
      assertEquals(
          one.digest(plain, IMAGES, 20), one.digest(plain, IMAGES, 20), "a digest is repeatable");
      assertNotEquals(one.digest(plain, IMAGES, 20), other.digest(plain, IMAGES, 20));
    }
  }

  /** What competing columns have learned beside their weights is part of the digest. */
  @Test
  void competingColumnsAreToldApartByAllThatTheyKeep() {
    List<ParityCase> columns =
        ParityCase.all().stream().filter(each -> each.network().columns().isPresent()).toList();
    assertEquals(9, columns.size());
    try (Backend plain = new CpuBackend(1, KernelChoice.named("plain"));
        Backend best = new CpuBackend(2)) {
      for (ParityCase each : columns) {
        String digest = each.digest(plain, IMAGES, 10);
        assertEquals(digest, each.digest(best, IMAGES, 10), each.toString());
        assertNotEquals(digest, each.digest(plain, IMAGES, 9), each.toString());
      }
      String winner = columns.get(1).digest(plain, IMAGES, 10);
      assertNotEquals(winner, columns.get(2).digest(plain, IMAGES, 10));
    }
  }

  @Test
  void imagesSmallerThanTheNetworkAreRefused() {
    ParityCase wide = ParityCase.of("99-10-5", NeuronModel.LIF, Mode.CLASSIFICATION, 3);
    try (Backend cpu = new CpuBackend(1)) {
      assertThrows(InputException.class, () -> wide.digest(cpu, IMAGES, 1));
    }
  }

  private static Samples images(int size) {
    byte[] pixels = new byte[size * 50];
    int[] labels = new int[size];
    for (int k = 0; k < pixels.length; k++) {
      pixels[k] = (byte) (k * 37 % 256);
    }
    Arrays.setAll(labels, k -> k % 10);
    return Samples.ofPixels("images", new InputShape(1, 50, 1), 10, pixels, labels);
  }
}
