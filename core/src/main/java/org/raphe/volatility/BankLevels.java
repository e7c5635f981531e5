package org.raphe.volatility;

import java.util.Arrays;
import org.raphe.InputException;
import org.raphe.backend.ElementaryFunctions;
import org.raphe.modulation.DriftTest;
import org.raphe.neuromodulation.LevelDynamics;
import org.raphe.neuromodulation.Modulator;

/**
 * The levels of a bank of read-outs, batch by batch, in float32: what is expected, whether that has
 * changed, and which read-out is to speak, to learn, to be kept. docs/NUMERICS.md, section 18, has
 * every operation in order.
 *
 * <pre>
 *   k = hold(c, 0.03, 0.8);   e = share of wrong answers;   DA = k - e
 *   L &lt;- hold(L + drift test, -3, 20);   NE = logistic(L);   fires if NE &gt; k / (0.5 + k)
 *   at rest: c &lt;- c + (1 - NE) (e - c) b / tau
 *   it fires: a new read-out is compared with all others by DA, and the best one goes on
 *   s_m = N_m / (N_m + n0)
 * </pre>
 *
 * <p>Kin: Yu and Dayan 2005, whose switch criterion is NE &gt; ACh / (0.5 + ACh).
 */
final class BankLevels {
  private static final int NONE = -1;

  private final BankSettings settings;
  private final BankSettings.Constants constants;
  private final int readouts;
  private final float chance;
  private final float mostExpected;

  private float seen;
  private float average = DriftTest.AT_FIRST;
  private float evidence = DriftTest.FLOOR;
  private float probed;
  private float weight;
  private int active;
  private int speaker;
  private int opened = NONE;
  private final float[] learned;
  private final float[] advantage;
  private final float[] right;
  private final boolean[] used;

  /** Levels that are broadcast, [modulator], of the batch at hand or the last one. */
  private final float[] levels = new float[Modulator.values().length];

  private float expected = DriftTest.AT_FIRST;
  private boolean fired;
  private int learner;

  /**
   * @param classes K
   */
  BankLevels(BankSettings settings, int classes) {
    this.settings = settings;
    constants = settings.constants();
    readouts = settings.readouts();
    chance = 1f - 1f / classes;
    mostExpected = DriftTest.mostExpected(chance);
    learned = new float[readouts];
    advantage = new float[readouts];
    right = new float[readouts];
    used = new boolean[readouts];
    used[0] = true;
  }

  /** Whether a read-out answers the batch that comes: the active one, or all that are compared. */
  boolean answers(int readout) {
    if (opened == NONE) {
      return readout == active;
    }
    return settings.compares() ? used[readout] : readout == opened;
  }

  /** The read-out whose answer counts. */
  int speaker() {
    return speaker;
  }

  /**
   * Takes in how the speaker answered.
   *
   * @param hits right answers of the speaker, by the labels given
   * @param count b, samples of the batch
   * @param scheduled whether noradrenaline fires in this batch; null where its level decides
   * @return whether a read-out opens, {@link #opened}, as a copy of {@link #active}
   */
  boolean observe(int hits, int count, Boolean scheduled) {
    float b = count;
    float error = (float) (count - hits) / b;
    float[] before = levels.clone();
    expected =
        settings.has(Modulator.ACETYLCHOLINE)
            ? LevelDynamics.hold(average, DriftTest.LEAST_EXPECTED, mostExpected)
            : constants.restingError();
    levels[Modulator.ACETYLCHOLINE.ordinal()] = expected;
    float dopamine =
        settings.has(Modulator.DOPAMINE)
            ? LevelDynamics.hold(drive(Modulator.DOPAMINE, expected - error, before), -1f, 1f)
            : 0f;
    levels[Modulator.DOPAMINE.ordinal()] = dopamine;
    fired = false;
    learner = opened == NONE ? active : opened;
    if (opened == NONE) {
      detect(dopamine, b, scheduled, before);
      if (fired) {
        open();
      } else if (settings.has(Modulator.DOPAMINE)) {
        expect(error, b, before);
      }
    }
    seen += b;
    return fired;
  }

  private float drive(Modulator modulator, float own, float[] before) {
    return settings.couplings().drive(modulator, own, before);
  }

  /** NA: the drift test, and whether it fires. */
  private void detect(float dopamine, float b, Boolean scheduled, float[] before) {
    float level = 0f;
    if (settings.has(Modulator.NORADRENALINE)) {
      float added = DriftTest.evidence(expected, chance, dopamine, b);
      evidence =
          LevelDynamics.hold(
              evidence + drive(Modulator.NORADRENALINE, added, before),
              DriftTest.FLOOR,
              DriftTest.CEILING);
      level = ElementaryFunctions.logistic(evidence);
      float criterion = settings.lacks(Lesion.CRITERION) ? 0.5f : expected / (0.5f + expected);
      fired =
          scheduled == null ? seen >= constants.quiet() && level > criterion : (boolean) scheduled;
    }
    levels[Modulator.NORADRENALINE.ordinal()] = level;
  }

  /** ACh: the slow average of the error, which unexpected change stops. */
  private void expect(float error, float b, float[] before) {
    float target = LevelDynamics.hold(drive(Modulator.ACETYLCHOLINE, error, before), 0f, 1f);
    float rate =
        (1f - levels[Modulator.NORADRENALINE.ordinal()])
            * LevelDynamics.rate(b, constants.expectation());
    average = LevelDynamics.follow(average, target, rate);
  }

  private void open() {
    if (!settings.recalls()) {
      for (int readout = 0; readout < readouts; readout++) {
        used[readout] = readout == active;
      }
    }
    opened = free();
    used[opened] = true;
    learned[opened] = 0f;
    learner = opened;
    Arrays.fill(advantage, 0f);
    Arrays.fill(right, 0f);
    advantage[active] = 1f;
    weight = 0f;
    probed = 0f;
  }

  /**
   * The first read-out that is not used, or else that of least experience, the active one apart.
   */
  private int free() {
    int least = NONE;
    for (int readout = 0; readout < readouts; readout++) {
      if (!used[readout]) {
        return readout;
      }
      if (readout != active && (least == NONE || learned[readout] < learned[least])) {
        least = readout;
      }
    }
    return least;
  }

  /**
   * Compares read-outs, if a comparison is going on, and closes the batch: s of the learner stands,
   * and its experience is counted up.
   *
   * @param hits right answers of each read-out that {@link #answers}
   */
  void close(int[] hits, int count) {
    float b = count;
    consolidate(b);
    if (opened == NONE) {
      return;
    }
    if (!settings.compares()) {
      settle(opened, DriftTest.AT_FIRST);
      return;
    }
    compare(hits, b);
    int best = best(NONE);
    speaker = best;
    probed += b;
    int second = best(best);
    float lead = advantage[best] - advantage[second];
    if (lead >= constants.lead() || probed >= constants.probe()) {
      settle(best, 1f - right[best] / weight);
    }
  }

  /** 5-HT: how much of the learner is consolidated. */
  private void consolidate(float b) {
    float level = 0f;
    if (settings.consolidates()) {
      float own = learned[learner] / (learned[learner] + constants.consolidation());
      level = LevelDynamics.hold(drive(Modulator.SEROTONIN, own, levels), 0f, 1f);
    }
    levels[Modulator.SEROTONIN.ordinal()] = level;
    learned[learner] += b;
  }

  private void compare(int[] hits, float b) {
    float rate = LevelDynamics.rate(b, constants.trace());
    for (int readout = 0; readout < readouts; readout++) {
      if (used[readout]) {
        float share = hits[readout] / b;
        float gained = Math.fma(b, share - (1f - chance), advantage[readout]);
        advantage[readout] = Math.fma(-rate, advantage[readout], gained);
        right[readout] = LevelDynamics.follow(right[readout], share, rate);
      }
    }
    weight = LevelDynamics.follow(weight, 1f, rate);
  }

  /** The read-out of largest advantage, one apart; of equal ones the first. */
  private int best(int apart) {
    int best = NONE;
    for (int readout = 0; readout < readouts; readout++) {
      boolean candidate = used[readout] && readout != apart;
      if (candidate && (best == NONE || advantage[readout] > advantage[best])) {
        best = readout;
      }
    }
    return best;
  }

  /** The comparison is over. */
  private void settle(int winner, float expectedError) {
    if (winner != opened) {
      used[opened] = false;
    } else if (!settings.recalls()) {
      used[active] = false;
    }
    active = winner;
    speaker = winner;
    opened = NONE;
    average = expectedError;
    evidence = DriftTest.FLOOR;
  }

  /** The read-out that opens or is being compared; -1 if none is. */
  int opened() {
    return opened;
  }

  int active() {
    return active;
  }

  /** The read-out that learns the batch. */
  int learner() {
    return learner;
  }

  /** k of the batch. */
  float expected() {
    return expected;
  }

  /** Whether noradrenaline fired in the batch. */
  boolean fired() {
    return fired;
  }

  float level(Modulator modulator) {
    return levels[modulator.ordinal()];
  }

  /** Read-outs in use. */
  int inUse() {
    int count = 0;
    for (boolean each : used) {
      count += each ? 1 : 0;
    }
    return count;
  }

  private void checkReadout(float number, int least) {
    if (!(number >= least && number < readouts && number == (int) number)) {
      throw new InputException("a bank of " + readouts + " read-outs has none of number " + number);
    }
  }

  private static final int SCALARS = 9;

  /** Numbers of a {@link #state}. */
  static int stateSize(int readouts) {
    return SCALARS + Modulator.values().length + 4 * readouts;
  }

  /** All that the next batch depends on. */
  float[] state() {
    float[] state = new float[stateSize(readouts)];
    float[] scalars = {seen, average, evidence, probed, weight, active, speaker, opened, expected};
    System.arraycopy(scalars, 0, state, 0, SCALARS);
    System.arraycopy(levels, 0, state, SCALARS, levels.length);
    int at = SCALARS + levels.length;
    for (int readout = 0; readout < readouts; readout++) {
      state[at++] = learned[readout];
      state[at++] = advantage[readout];
      state[at++] = right[readout];
      state[at++] = used[readout] ? 1f : 0f;
    }
    return state;
  }

  /**
   * Goes on from a {@link #state}.
   *
   * @throws InputException if it names a read-out that the bank has not
   */
  void restore(float[] state) {
    checkReadout(state[5], 0);
    checkReadout(state[6], 0);
    checkReadout(state[7], NONE);
    seen = state[0];
    average = state[1];
    evidence = state[2];
    probed = state[3];
    weight = state[4];
    active = (int) state[5];
    speaker = (int) state[6];
    opened = (int) state[7];
    expected = state[8];
    System.arraycopy(state, SCALARS, levels, 0, levels.length);
    int at = SCALARS + levels.length;
    for (int readout = 0; readout < readouts; readout++) {
      learned[readout] = state[at++];
      advantage[readout] = state[at++];
      right[readout] = state[at++];
      used[readout] = state[at++] != 0f;
    }
  }
}
