package org.raphe.volatility;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.raphe.neuromodulation.Couplings;
import org.raphe.neuromodulation.Modulator;

/**
 * The bank against the model's formulas, one scalar at a time, in double: the same answers, the
 * same moments at which noradrenaline fires, and levels that differ by rounding alone.
 */
class BankReferenceTest {
  private static final int UNITS = 24;
  private static final int CLASSES = 4;
  private static final int BATCH = 10;
  private static final int BATCHES = 400;
  private static final int READOUTS = 6;

  /** The model in double. */
  private static final class Reference {
    private final double[][] v = new double[READOUTS][UNITS * CLASSES];
    private final double[] n = new double[READOUTS];
    private final double[] a = new double[READOUTS];
    private final double[] r = new double[READOUTS];
    private final boolean[] used = new boolean[READOUTS];
    private double c = 0.5;
    private double evidence = -3;
    private double w;
    private double probed;
    private double seen;
    private int active;
    private int speaker;
    private int opened = -1;
    private double k;
    private double dopamine;
    private double noradrenaline;
    private double serotonin;
    private boolean fired;

    Reference() {
      used[0] = true;
    }

    int[] learn(float[] x, int[] labels) {
      int[] answers = answers(x, speaker);
      double e = wrong(answers, labels) / BATCH;
      k = Math.min(Math.max(c, 0.03), Math.min(0.8, 1 - 1.0 / CLASSES - 0.1));
      dopamine = k - e;
      fired = false;
      int learner = opened < 0 ? active : opened;
      if (opened < 0) {
        double q = (k + 1 - 1.0 / CLASSES) / 2;
        double gain = Math.log(q / (1 - q)) - Math.log(k / (1 - k));
        double leak = k * Math.log(q / k) + (1 - k) * Math.log((1 - q) / (1 - k));
        evidence = Math.min(20, Math.max(-3, evidence + BATCH * (leak - gain * dopamine)));
        noradrenaline = 1 / (1 + Math.exp(-evidence));
        fired = seen >= 200 && noradrenaline > k / (0.5 + k);
        if (fired) {
          learner = open();
        } else {
          c += (1 - noradrenaline) * (e - c) * BATCH / 150;
        }
      }
      serotonin = n[learner] / (n[learner] + 200);
      if (opened >= 0) {
        compare(x, labels);
      }
      teach(x, labels, learner);
      n[learner] += BATCH;
      seen += BATCH;
      if (opened >= 0) {
        settle();
      }
      return answers;
    }

    private int open() {
      opened = -1;
      for (int m = 0; m < READOUTS && opened < 0; m++) {
        opened = used[m] ? -1 : m;
      }
      for (int m = 0; m < READOUTS && (opened < 0 || used[opened]); m++) {
        if (m != active && (opened < 0 || n[m] < n[opened])) {
          opened = m;
        }
      }
      used[opened] = true;
      n[opened] = 0;
      for (int at = 0; at < v[active].length; at++) {
        v[opened][at] = 0.3 * v[active][at];
      }
      for (int m = 0; m < READOUTS; m++) {
        a[m] = m == active ? 1 : 0;
        r[m] = 0;
      }
      w = 0;
      probed = 0;
      return opened;
    }

    private void compare(float[] x, int[] labels) {
      for (int m = 0; m < READOUTS; m++) {
        if (used[m]) {
          double share = 1 - wrong(answers(x, m), labels) / BATCH;
          a[m] += BATCH * (share - 1.0 / CLASSES) - a[m] * BATCH / 60;
          r[m] += (share - r[m]) * BATCH / 60;
        }
      }
      w += (1 - w) * BATCH / 60;
    }

    private void settle() {
      int best = best(-1);
      speaker = best;
      probed += BATCH;
      if (a[best] - a[best(best)] >= 6 || probed >= 150) {
        used[opened] = best == opened;
        active = best;
        c = 1 - r[best] / w;
        evidence = -3;
        opened = -1;
      }
    }

    private int best(int apart) {
      int best = -1;
      for (int m = 0; m < READOUTS; m++) {
        if (used[m] && m != apart && (best < 0 || a[m] > a[best])) {
          best = m;
        }
      }
      return best;
    }

    private double[] outputs(float[] x, int sample, int m) {
      double[] o = new double[CLASSES];
      for (int j = 0; j < UNITS; j++) {
        for (int label = 0; label < CLASSES; label++) {
          o[label] += x[sample * UNITS + j] * v[m][j * CLASSES + label];
        }
      }
      return o;
    }

    private int[] answers(float[] x, int m) {
      int[] answers = new int[BATCH];
      for (int sample = 0; sample < BATCH; sample++) {
        double[] o = outputs(x, sample, m);
        for (int label = 1; label < CLASSES; label++) {
          answers[sample] = o[label] > o[answers[sample]] ? label : answers[sample];
        }
      }
      return answers;
    }

    private static double wrong(int[] answers, int[] labels) {
      double wrong = 0;
      for (int sample = 0; sample < BATCH; sample++) {
        wrong += answers[sample] != labels[sample] ? 1 : 0;
      }
      return wrong;
    }

    private void teach(float[] x, int[] labels, int m) {
      double alpha = 3 * Math.max(1 - serotonin, 0.1) * (1 - k);
      double[] change = new double[UNITS * CLASSES];
      for (int sample = 0; sample < BATCH; sample++) {
        double[] o = outputs(x, sample, m);
        double sum = 0;
        for (double each : o) {
          sum += Math.exp(each);
        }
        for (int label = 0; label < CLASSES; label++) {
          double error = (label == labels[sample] ? 1 : 0) - Math.exp(o[label]) / sum;
          for (int j = 0; j < UNITS; j++) {
            change[j * CLASSES + label] += x[sample * UNITS + j] * error;
          }
        }
      }
      for (int at = 0; at < change.length; at++) {
        v[m][at] += alpha * change[at];
      }
    }
  }

  private static BankSettings settings() {
    return new BankSettings(
        BankSettings.STANDARD.modulators(),
        Set.of(),
        READOUTS,
        new BankSettings.Constants(3f, 0.1f, 200f, 150f, 0.4f, 0.3f, 6f, 150f, 60f, 200f),
        Map.of(),
        Couplings.NONE);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void theBankIsTheModel(long seed) {
    Random random = new Random(seed);
    float[] prototypes = new float[CLASSES * UNITS];
    for (int at = 0; at < prototypes.length; at++) {
      prototypes[at] = (float) random.nextGaussian();
    }
    Reference reference = new Reference();
    LevelRecord record = new LevelRecord(BATCHES);
    NeuromodulatedBank bank =
        new NeuromodulatedBank("bank", settings(), UNITS, CLASSES, 1, null, record);
    int shift = 0;
    int fired = 0;
    List<Integer> told = new ArrayList<>();
    for (int number = 0; number < BATCHES; number++) {
      shift = number % 60 == 59 ? random.nextInt(CLASSES) : shift;
      StreamBatch batch = batch(number, prototypes, shift, random);
      int[] answers = new int[BATCH];
      bank.learn(batch, answers);
      assertArrayEquals(reference.learn(batch.activity(), batch.labels()), answers, "" + number);
      assertEquals(reference.fired, record.fired(number), "batch " + number);
      assertEquals(reference.active, record.active(number), "batch " + number);
      assertEquals(reference.k, record.level(number, Modulator.ACETYLCHOLINE), 1e-4);
      assertEquals(reference.dopamine, record.level(number, Modulator.DOPAMINE), 1e-4);
      assertEquals(reference.noradrenaline, record.level(number, Modulator.NORADRENALINE), 1e-3);
      assertEquals(reference.serotonin, record.level(number, Modulator.SEROTONIN), 1e-5);
      fired += reference.fired ? 1 : 0;
      told.add(reference.active);
    }
    assertTrue(fired >= 2, "noradrenaline fired " + fired + " times");
    assertTrue(told.stream().distinct().count() >= 2, "more than one read-out was active");
  }

  private static StreamBatch batch(int number, float[] prototypes, int shift, Random random) {
    float[] x = new float[BATCH * UNITS];
    float[] byUnit = new float[BATCH * UNITS];
    int[] labels = new int[BATCH];
    for (int sample = 0; sample < BATCH; sample++) {
      int class0 = random.nextInt(CLASSES);
      labels[sample] = (class0 + shift) % CLASSES;
      for (int j = 0; j < UNITS; j++) {
        float value = 0.2f * prototypes[class0 * UNITS + j] + 0.1f * (float) random.nextGaussian();
        x[sample * UNITS + j] = value;
        byUnit[j * BATCH + sample] = value;
      }
    }
    return new StreamBatch(number, number * BATCH, BATCH, UNITS, x, byUnit, labels, shift, false);
  }
}
