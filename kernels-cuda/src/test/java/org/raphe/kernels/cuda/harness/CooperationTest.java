package org.raphe.kernels.cuda.harness;

import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Barriers, shared memory, shuffles, votes, atomics and called functions mean what they mean, in
 * any order of blocks and threads.
 */
class CooperationTest {
  @Test
  void threadsThatWorkTogetherGiveWhatPlainLoopsGive() {
    HarnessRun.of(CooperationProgram.class).succeeded().printed("all agree");
  }

  @Test
  void fromTheLastToTheFirst() {
    HarnessRun.of(
            Map.of("RAPHE_HARNESS_ORDER", "reverse", "RAPHE_HARNESS_THREADS", "1"),
            CooperationProgram.class)
        .succeeded()
        .printed("all agree");
  }
}
