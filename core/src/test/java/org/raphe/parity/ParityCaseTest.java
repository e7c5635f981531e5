package org.raphe.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.raphe.backend.Backend;
import org.raphe.backend.cpu.CpuBackend;
import org.raphe.backend.cpu.KernelChoice;
import org.raphe.network.Mode;
import org.raphe.network.NeuronModel;

class ParityCaseTest {
  @Test
  void casesCoverBothModesBothNeuronsAndThreeBatches() {
    List<ParityCase> all = ParityCase.all();
    assertEquals(36, all.size());
    assertEquals(36, new HashSet<>(all.stream().map(ParityCase::toString).toList()).size());
  }

  @Test
  void digestsAreEqualOnEveryTeamAndTellCasesApart() {
    ParityCase one = new ParityCase("37-61-5", NeuronModel.LIF, Mode.CLASSIFICATION, 3);
    ParityCase other = new ParityCase("37-61-5", NeuronModel.LIF, Mode.CLASSIFICATION, 4);
    try (Backend plain = new CpuBackend(1, KernelChoice.named("plain"));
        Backend best = new CpuBackend(3)) {
      assertEquals(one.digest(plain), one.digest(best));
      assertEquals(one.digest(plain), one.digest(plain), "a digest is repeatable");
      assertNotEquals(one.digest(plain), other.digest(plain));
    }
  }
}
