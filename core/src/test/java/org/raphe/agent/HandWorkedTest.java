package org.raphe.agent;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Traces, values and modulators against numbers that were worked out by hand. */
class HandWorkedTest {
  /** 4 steps, one input unit, one E and one I unit a group. */
  private static AgentSettings small() {
    return new AgentSettings(
        4, 1, 1, 1, 1f, 0.5f, 1f, 0.75f, 0.1f, 1f, 4f, 2f, 4f, 0.5f, 0.25f, 2f, 0.1f, 3f, 0.5f, 0f);
  }

  private static LearnerConstants constants(ReleaseRule rule) {
    NoradrenalineLevers levers = new NoradrenalineLevers(0.5f, 1f, 0.1f, 2f, 1.5f, 2, 0f);
    return new LearnerConstants(
        new LearnerSettings(
            small(),
            levers,
            new ReleaseSettings(rule, 0.2f, 0.1f, 2f, 4f, 2f, 0.5f, 0.5f, 3),
            OtherModulators.NONE),
        1);
  }

  private static TrialScratch window(LearnerConstants constants, float[] weights, int onset) {
    TrialScratch scratch = new TrialScratch(constants);
    scratch.clear();
    Arrays.fill(scratch.gain, 1f);
    Arrays.fill(scratch.onsets, -1);
    scratch.onsets[ActorCritic.GO] = onset;
    scratch.inputs[0] = 1;
    scratch.inputs[2] = 1;
    new PlainTrialLoops().window(constants, weights, 0, scratch);
    return scratch;
  }

  @Test
  void eligibilityIsTheTraceAtEachSpikeDecayedToTheEnd() {
    LearnerConstants constants = constants(ReleaseRule.NEVER);
    float[] weights = new float[constants.weightsOfLearner()];
    weights[0] = 2f;
    TrialScratch scratch = window(constants, weights, -1);
    // Spikes at steps 0 and 2; P is 1 and 1 + exp(-1); z decays by exp(-1/4) a step.
    double decay = Math.exp(-0.25);
    double expected = (1 * Math.pow(decay, 3) + (1 + Math.exp(-1)) * Math.pow(decay, 1)) / 4;
    assertEquals(2, scratch.counts[0]);
    assertEquals(expected, scratch.eligibility[0], 1e-6);
    assertEquals(0f, scratch.eligibility[LearnerConstants.INPUTS]);
  }

  @Test
  void inhibitoryUnitsHoldTheirGroupBackAStepLater() {
    LearnerConstants constants = constants(ReleaseRule.NEVER);
    float[] weights = new float[constants.weightsOfLearner()];
    weights[0] = 1.0f; // never above the threshold by itself: 1, then 0.5, then 1.25 of the second
    assertEquals(1, window(constants, weights, -1).counts[0]);
    weights[1] = 2f; // its I unit spikes at steps 0 and 2, and takes 0.75 at steps 1 and 3
    assertEquals(0, window(constants, weights, -1).counts[0]);
  }

  @Test
  void aBurstDrivesExcitatoryUnitsOfItsGroupAlone() {
    LearnerConstants constants = constants(ReleaseRule.NEVER);
    float[] weights = new float[constants.weightsOfLearner()];
    TrialScratch scratch = window(constants, weights, 1);
    assertArrayEquals(new int[] {0, 0, 2, 0, 0, 0}, Arrays.copyOf(scratch.counts, 6));
  }

  @Test
  void weightsChangeByDopamineAdvantageAndEligibility() {
    LearnerConstants constants = constants(ReleaseRule.NEVER);
    ActorCritic agent = new ActorCritic(constants, new PlainTrialLoops(), 1);
    float[] weights = new float[constants.weightsOfLearner()];
    Arrays.fill(weights, 0, 6, 2f);
    TrialScratch scratch = window(constants, weights, -1);
    Arrays.fill(scratch.counts, 0, 6, 2);
    Arrays.fill(scratch.eligibility, 0f);
    for (int unit = 0; unit < 6; unit++) {
      scratch.eligibility[unit * LearnerConstants.INPUTS] = 0.25f;
    }
    scratch.action = ActorCritic.GO;
    scratch.probability = 0.75f;
    float[] state = new float[LearnerState.SIZE];
    agent.learn(2f, weights, 0, state, 0, scratch);
    // Go: 0.5 * 2 * (1 - 0.75) * 0.25; No-Go: 0.5 * 2 * (0 - 0.25) * 0.25; critic: 0.25 * 2 * 0.25.
    float[] expected = {1.9375f, 2.0625f, 2.0625f, 1.9375f, 2.125f, 1.875f};
    assertArrayEquals(expected, Arrays.copyOf(weights, 6));
    state[LearnerState.NORADRENALINE] = 1f;
    agent.learn(2f, weights, 0, state, 0, scratch);
    assertEquals(2.0625f + 3 * 0.0625f, weights[2], "plasticity 2 at level 1: three times as much");
    agent.learn(-1e6f, weights, 0, state, 0, scratch);
    assertEquals(0f, weights[2], "an input's synapse never inhibits");
    assertEquals(4f, weights[0], "nor grows past the largest weight");
  }

  @Test
  void anEpisodeThatGoesOnTakesTheNextValue() {
    // Nothing spikes, so every value is the offset b = 0.1 and DA = r + 0.5 b - b, then r - b.
    AgentSettings silent =
        new AgentSettings(
            4, 1, 1, 1, 0f, 0.5f, 1f, 0f, 0.1f, 1f, 4f, 2f, 4f, 0.5f, 0.25f, 2f, 0.1f, 3f, 0.5f,
            0f);
    LearnerSettings settings =
        new LearnerSettings(
            silent,
            new NoradrenalineLevers(0f, 0f, 0f, 0f, 0f, 1, 0f),
            ReleaseSettings.standard(),
            OtherModulators.NONE);
    LoneLearner learner = new LoneLearner(settings, 1, 1, 0);
    float[] errors = new float[1];
    Environment two =
        new Environment() {
          private int steps;

          @Override
          public int stimuli() {
            return 1;
          }

          @Override
          public float[] reset() {
            return new float[] {1f};
          }

          @Override
          public Step step(int action) {
            steps++;
            if (steps == 2) {
              errors[0] = learner.dopamine();
            }
            return new Step(new float[] {1f}, steps == 1 ? 2f : 1f, steps == 2);
          }
        };
    assertEquals(3f, learner.live(two));
    assertEquals(2f + 0.5f * 0.1f - 0.1f, errors[0], 1e-6f);
    assertEquals(1f - 0.1f, learner.dopamine(), 1e-6f);
  }

  @Test
  void noradrenalineIsReleasedWhenDopamineDoesNotMendAShortfall() {
    LearnerConstants constants = constants(ReleaseRule.UNMENDED);
    float[] state = new float[LearnerState.SIZE];
    state[LearnerState.SLOW] = 1f;
    state[LearnerState.FAST] = 0.2f;
    // |DA| of 1 makes its mean 0.5, the bound: dopamine is at work.
    assertFalse(Modulation.after(constants, state, 0, 0f, 1f, false));
    assertEquals(1f, state[LearnerState.SLOW], "what was expected stands still in a shortfall");
    // |DA| of 0 makes it 0.25: the shortfall of 0.95 counts half.
    assertTrue(Modulation.after(constants, state, 0, 0f, 0f, false));
    assertEquals(1f, state[LearnerState.NORADRENALINE]);
    for (int trial = 0; trial < 3; trial++) {
      assertFalse(Modulation.after(constants, state, 0, 0f, 0f, false), "three trials of rest");
    }
    assertEquals(0.125f, state[LearnerState.NORADRENALINE]);
    assertTrue(Modulation.after(constants, state, 0, 0f, 0f, false));
    assertEquals(2f, state[LearnerState.RELEASES]);
  }

  @Test
  void aSurpriseIsArmedByATimeWithoutOne() {
    LearnerConstants constants = constants(ReleaseRule.SURPRISE);
    float[] state = new float[LearnerState.SIZE];
    state[LearnerState.SLOW] = 1f;
    state[LearnerState.FAST] = 1f;
    assertFalse(Modulation.after(constants, state, 0, 1f, 0f, false));
    assertTrue(Modulation.after(constants, state, 0, 0f, 1f, false));
    assertFalse(Modulation.after(constants, state, 0, 0f, 1f, false), "not armed any more");
  }
}
