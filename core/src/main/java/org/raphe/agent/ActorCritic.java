package org.raphe.agent;

import java.util.Arrays;
import org.raphe.backend.ElementaryFunctions;
import org.raphe.random.Philox;
import org.raphe.random.RandomStream;

/**
 * A spiking actor-critic: what one learner does in a trial. Actor groups No-Go and Go and the
 * critic have E and I units; {@code h = rE - rI} of a group. The group of the higher h acts; {@code
 * V = b + m h} of the critic; {@code DA = r + discount V' - V}. Reward-modulated STDP: presynaptic
 * trace {@code P <- P exp(-1/tau_plus) + s_pre}, eligibility {@code z <- z exp(-1/tau_z) + P s_post
 * / tau_z}; {@code dw = +-rate DA (1[a = k] - p_k) z} of actors and {@code +-rate DA z} of the
 * critic, + onto E units and - onto I units, {@code p = softmax(slope h)}.
 *
 * <p>Architecture: Mei et al., arXiv 2501.06762 (2025). R-STDP: Izhikevich, Cerebral Cortex 17
 * (2007); actor-critic of spiking units: Fremaux, Sprekeler, Gerstner, PLoS Comput. Biol. 9 (2013).
 */
final class ActorCritic {
  static final int NO_GO = 0;
  static final int GO = 1;
  static final int CRITIC = 2;

  private static final float RANGE = 0x1p16f;

  /** Where the draw is 0 its logarithm is taken of half of the smallest other one. */
  private static final float LEAST_DRAW = 0x1p-25f;

  private final LearnerConstants constants;
  private final TrialLoops loops;
  private final long seed;

  ActorCritic(LearnerConstants constants, TrialLoops loops, long seed) {
    this.constants = constants;
    this.loops = loops;
    this.seed = seed;
  }

  /** Draws a learner's weights: {@code [input][stride]}, padding 0. */
  static void drawWeights(
      LearnerConstants constants, long seed, int learner, float[] weights, int at) {
    AgentSettings agent = constants.settings.agent();
    int[] words = new int[4];
    int stream = RandomStream.AGENT_WEIGHTS.number(0);
    for (int input = 0; input < constants.inputs; input++) {
      for (int unit = 0; unit < constants.units; unit++) {
        if (unit % 4 == 0) {
          Philox.draw(seed, stream, learner, input, unit / 4, words);
        }
        float weight = Philox.uniform(words[unit % 4]) * agent.initialWeight();
        boolean go = unit / constants.groupUnits == GO && constants.excites(unit);
        float drawn = go ? weight * agent.goWeight() : weight;
        weights[at + input * constants.stride + unit] =
            drawn > agent.largestWeight() ? agent.largestWeight() : drawn;
      }
    }
  }

  /** A number of 16 bits that a draw is below with a probability. */
  static int threshold(float probability) {
    return (int) (Math.min(1f, Math.max(0f, probability)) * RANGE);
  }

  /**
   * Perceives and chooses: runs the window of a trial.
   *
   * @param scratch its thresholds are set; receives rates, value, probability and action
   */
  void choose(
      int learner,
      int trial,
      float[] weights,
      int weightsAt,
      float[] state,
      int at,
      TrialScratch scratch) {
    scratch.clear();
    drawInputs(learner, trial, scratch);
    drawChoice(learner, trial, state[at + LearnerState.NORADRENALINE], scratch);
    loops.window(constants, weights, weightsAt, scratch);
    decide(state, at, scratch);
  }

  private void drawInputs(int learner, int trial, TrialScratch scratch) {
    int stream = RandomStream.STIMULUS_SPIKES.number(trial);
    int units = constants.settings.agent().stimulusUnits();
    int mask = (1 << units) - 1;
    int[] words = scratch.words;
    for (int step = 0; step < constants.steps; step++) {
      int spikes = 0;
      for (int stimulus = 0; stimulus < constants.stimuli; stimulus++) {
        int threshold = scratch.thresholds[stimulus];
        if (threshold > 0) {
          Philox.draw(seed, stream, learner, step, stimulus, words);
          spikes |= (below(words, threshold) & mask) << stimulus * units;
        }
      }
      scratch.inputs[step] = spikes;
    }
  }

  /** Bit i of 8: whether half i is below a threshold; the low half of a word comes first. */
  private static int below(int[] words, int threshold) {
    int bits = 0;
    for (int k = words.length - 1; k >= 0; k--) {
      bits = bits << 1 | ((words[k] >>> 16) < threshold ? 1 : 0);
      bits = bits << 1 | ((words[k] & 0xFFFF) < threshold ? 1 : 0);
    }
    return bits;
  }

  private void drawChoice(int learner, int trial, float level, TrialScratch scratch) {
    NoradrenalineLevers levers = constants.settings.levers();
    scratch.noradrenaline = level;
    int stream = RandomStream.CHOICE.number(trial);
    Philox.draw(seed, stream, learner, 0, 0, scratch.words);
    float gain = Math.fma(levers.gain(), level, 1f);
    for (int unit = 0; unit < constants.units; unit++) {
      scratch.gain[unit] = constants.excites(unit) ? gain : 1f;
    }
    Arrays.fill(scratch.onsets, -1);
    float probability = levers.burst() * level;
    if (probability > 0f) {
      Philox.draw(seed, stream, learner, 0, 1, scratch.burstWords);
      int places = constants.steps - levers.burstSteps() + 1;
      for (int group = 0; group < AgentSettings.GROUPS; group++) {
        float share = group == CRITIC ? probability * levers.criticBurst() : probability;
        if (Philox.uniform(scratch.words[1 + group]) < share) {
          long word = scratch.burstWords[group] & 0xFFFFFFFFL;
          scratch.onsets[group] = (int) (word * places >>> 32);
        }
      }
    }
  }

  private void decide(float[] state, int at, TrialScratch scratch) {
    LearnerSettings settings = constants.settings;
    AgentSettings agent = settings.agent();
    for (int group = 0; group < AgentSettings.GROUPS; group++) {
      int first = group * constants.groupUnits;
      int boundary = first + constants.excitatory;
      scratch.rates[group] =
          (float) sum(scratch.counts, first, boundary)
                  / (float) (constants.excitatory * constants.steps)
              - (float) sum(scratch.counts, boundary, first + constants.groupUnits)
                  / (float) (constants.inhibitory * constants.steps);
    }
    float noGo = Modulation.noGo(settings, state, at);
    float lead = scratch.rates[GO] - scratch.rates[NO_GO] - noGo;
    float u = Philox.uniform(scratch.words[0]);
    float temperature =
        Math.fma(settings.levers().temperature(), scratch.noradrenaline, agent.temperature());
    float odds =
        ElementaryFunctions.log(u > LEAST_DRAW ? u : LEAST_DRAW) - ElementaryFunctions.log(1f - u);
    float drawn = Math.fma(temperature, odds, lead);
    scratch.probability = ElementaryFunctions.logistic(agent.slope() * lead);
    scratch.value = Math.fma(agent.valueGain(), scratch.rates[CRITIC], agent.valueOffset());
    scratch.action = drawn > 0f || (drawn == 0f && u >= 0.5f) ? GO : NO_GO;
  }

  private static int sum(int[] counts, int from, int to) {
    int sum = 0;
    for (int unit = from; unit < to; unit++) {
      sum += counts[unit];
    }
    return sum;
  }

  /** Learns from a prediction error: {@code w = hold(fma(factor, z, w), 0, largest)}. */
  void learn(
      float dopamine, float[] weights, int weightsAt, float[] state, int at, TrialScratch scratch) {
    AgentSettings agent = constants.settings.agent();
    float plastic = Modulation.plasticity(constants.settings, state, at);
    for (int group = 0; group < AgentSettings.GROUPS; group++) {
      float rate = group == CRITIC ? agent.criticRate() : agent.actorRate();
      float step = rate * plastic * dopamine;
      float factor = group == CRITIC ? step : step * advantage(group, scratch);
      for (int k = 0; k < constants.groupUnits; k++) {
        int unit = group * constants.groupUnits + k;
        if (scratch.counts[unit] > 0) {
          change(unit, k < constants.excitatory ? factor : -factor, weights, weightsAt, scratch);
        }
      }
    }
  }

  private static float advantage(int group, TrialScratch scratch) {
    float p = group == GO ? scratch.probability : 1f - scratch.probability;
    return (scratch.action == group ? 1f : 0f) - p;
  }

  private void change(
      int unit, float factor, float[] weights, int weightsAt, TrialScratch scratch) {
    float largest = constants.settings.agent().largestWeight();
    int row = unit * LearnerConstants.INPUTS;
    for (int input = 0; input < constants.inputs; input++) {
      float z = scratch.eligibility[row + input];
      if (z != 0f) {
        int place = weightsAt + input * constants.stride + unit;
        float weight = Math.fma(factor, z, weights[place]);
        weights[place] = weight > largest ? largest : weight >= 0f ? weight : 0f;
      }
    }
  }
}
