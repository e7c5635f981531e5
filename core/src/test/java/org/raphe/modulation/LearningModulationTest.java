package org.raphe.modulation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.raphe.OneLine.assertFails;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.raphe.InputException;
import org.raphe.backend.Placement;
import org.raphe.learning.LearningSpec;
import org.raphe.network.Mode;
import org.raphe.network.NetworkSpec;
import org.raphe.network.NetworkText;
import org.raphe.network.NeuronModel;
import org.raphe.neuromodulation.Couplings;
import org.raphe.neuromodulation.Modulator;
import org.raphe.rule.DirectRandomTargetProjection;
import org.raphe.rule.Naca;
import org.raphe.rule.NacaCompetitive;
import org.raphe.rule.Rule;

/** Levels and factors against the model's formulas, one scalar at a time, in double. */
class LearningModulationTest {
  private static final int BATCH = 20;
  private static final int CLASSES = 10;

  private static LearningSpec learning(Rule rule) {
    return LearningSpec.published(Mode.CLASSIFICATION, rule);
  }

  private static LearningModulation begin(ModulationSettings settings) {
    NetworkSpec network = NetworkText.parse("6-5-10", NeuronModel.RATE, Mode.CLASSIFICATION);
    return new LearningModulation(
        settings, new Placement(network, learning(new Naca()), 1, BATCH, 1f, 0f, 1));
  }

  private static ModulationSettings only(Modulator modulator, Lever lever) {
    return new ModulationSettings(
        Map.of(modulator, Set.of(lever)), ModulationSettings.Constants.STANDARD, Couplings.NONE);
  }

  private static ModulationSettings all() {
    return ModulationSettings.usual(EnumSet.allOf(Modulator.class));
  }

  /** The model in double. */
  private static final class Reference {
    private double c = 0.5;
    private double evidence = -3;
    private double learned;
    private double quiet;
    private double tonic;
    private double phasic;
    private double serotonin;
    private double dopamine;
    private boolean fired;

    void observe(int hits) {
      double e = 1 - (double) hits / BATCH;
      double k = c;
      dopamine = k - e;
      boolean detects = quiet >= 500;
      if (detects) {
        double q = (k + 0.9) / 2;
        double gain = Math.log(q / (1 - q)) - Math.log(k / (1 - k));
        double leak = k * Math.log(q / k) + (1 - k) * Math.log((1 - q) / (1 - k));
        evidence = Math.min(20, Math.max(-3, evidence + BATCH * (leak - gain * dopamine)));
      }
      tonic = 1 / (1 + Math.exp(-evidence));
      fired = detects && tonic > k / (0.5 + k);
      phasic = Math.min(1, phasic * (1 - BATCH / 500.0) + (fired ? 1 : 0));
      c = Math.min(0.8, Math.max(0.03, c + BATCH / 300.0 * (1 - tonic) * (e - c)));
      serotonin = learned / (learned + 30_000);
      learned += BATCH;
      quiet += BATCH;
      if (fired) {
        evidence = -3;
        quiet = 0;
        learned = 0;
        c = 0.5;
        serotonin = 0;
      }
    }

    double noradrenaline() {
      return Math.min(1, tonic + phasic);
    }

    double readout() {
      return (1 - c) * Math.max(1 - serotonin, 0.1) * (1 + noradrenaline());
    }
  }

  @Test
  void levelsAndFactorsAreThoseOfTheFormulas() {
    LearningModulation modulation = begin(all());
    Reference reference = new Reference();
    Random random = new Random(3);
    int firings = 0;
    for (int batch = 0; batch < 400; batch++) {
      double right = batch / 100 % 2 == 0 ? 0.9 : 0.15;
      int hits = 0;
      for (int sample = 0; sample < BATCH; sample++) {
        hits += random.nextDouble() < right ? 1 : 0;
      }
      modulation.observe(hits, BATCH);
      reference.observe(hits);
      String where = "batch " + batch;
      assertEquals(reference.fired, modulation.fired(), where);
      assertEquals(reference.dopamine, modulation.level(Modulator.DOPAMINE), 1e-5, where);
      assertEquals(reference.c, modulation.level(Modulator.ACETYLCHOLINE), 1e-5, where);
      assertEquals(reference.serotonin, modulation.level(Modulator.SEROTONIN), 1e-5, where);
      double na = reference.noradrenaline();
      assertEquals(na, modulation.level(Modulator.NORADRENALINE), 1e-4, where);
      assertEquals(reference.readout(), modulation.readoutFactor(), 1e-4, where);
      assertEquals(
          reference.readout() * (1 - reference.dopamine), modulation.hiddenFactor(), 2e-4, where);
      firings += modulation.fired() ? 1 : 0;
    }
    assertTrue(firings >= 2 && firings < 10, "errors rise twice; it fired " + firings + " times");
  }

  /** Each by itself, so that none hides behind another. */
  @ParameterizedTest
  @EnumSource(
      value = Lever.class,
      names = {"LEARNING_RATE", "PLASTICITY_GATE", "OLD_KNOWLEDGE", "GAIN"})
  void aLeverActsAsItsFormulaSays(Lever lever) {
    LearningModulation modulation = begin(only(Modulator.ACETYLCHOLINE, lever));
    for (int batch = 0; batch < 30; batch++) {
      modulation.observe(2, BATCH);
    }
    float level = modulation.level(Modulator.ACETYLCHOLINE);
    assertTrue(level > 0.75, "most answers are wrong");
    float lowered = 1f - level;
    float readout =
        switch (lever) {
          case PLASTICITY_GATE -> 1f;
          case GAIN -> 1f + level;
          default -> lowered;
        };
    assertEquals(readout, modulation.readoutFactor(), 1e-6);
    assertEquals(
        lever == Lever.PLASTICITY_GATE ? lowered : readout, modulation.hiddenFactor(), 1e-6);
  }

  @Test
  void whatIsOldKeepsItsLeastShare() {
    LearningModulation modulation = begin(only(Modulator.SEROTONIN, Lever.OLD_KNOWLEDGE));
    for (int batch = 0; batch < 40_000; batch++) {
      modulation.observe(18, BATCH);
    }
    assertTrue(modulation.level(Modulator.SEROTONIN) > 0.95);
    assertEquals(0.1f, modulation.readoutFactor());
  }

  @Test
  void withoutItsResetNoradrenalineLeavesSerotoninAlone() {
    Map<Modulator, Set<Lever>> levers = new EnumMap<>(Modulator.class);
    levers.put(Modulator.SEROTONIN, Set.of(Lever.OLD_KNOWLEDGE));
    levers.put(Modulator.NORADRENALINE, Set.of(Lever.GAIN));
    LearningModulation modulation =
        begin(
            new ModulationSettings(levers, ModulationSettings.Constants.STANDARD, Couplings.NONE));
    float before = 0;
    boolean fired = false;
    for (int batch = 0; batch < 100; batch++) {
      modulation.observe(batch < 60 ? 18 : 0, BATCH);
      fired |= modulation.fired();
      assertTrue(modulation.level(Modulator.SEROTONIN) >= before, "batch " + batch);
      before = modulation.level(Modulator.SEROTONIN);
    }
    assertTrue(fired);
  }

  @Test
  void extremeCouplingsAndAnswersStayBounded() {
    float[] matrix = new float[Couplings.SIZE * Couplings.SIZE];
    java.util.Arrays.fill(matrix, 1f);
    LearningModulation modulation =
        begin(
            new ModulationSettings(
                all().levers(), ModulationSettings.Constants.STANDARD, new Couplings(matrix)));
    for (int batch = 0; batch < 500; batch++) {
      modulation.observe(batch / 7 % 2 == 0 ? 0 : BATCH, BATCH);
      for (float factor : new float[] {modulation.hiddenFactor(), modulation.readoutFactor()}) {
        assertTrue(factor >= 0 && factor <= 8, "batch " + batch + ": " + factor);
      }
    }
  }

  @Test
  void aRestoredOneGoesOnToTheSameBits() {
    LearningModulation whole = begin(all());
    LearningModulation second = null;
    for (int batch = 0; batch < 120; batch++) {
      int hits = batch < 50 ? 18 : 3;
      whole.observe(hits, BATCH);
      if (batch == 60) {
        second = begin(all());
        second.restore(whole.state().values());
      } else if (batch > 60) {
        second.observe(hits, BATCH);
        assertArrayEquals(whole.state().values(), second.state().values());
        assertEquals(whole.hiddenFactor(), second.hiddenFactor());
      }
    }
  }

  /** Outcomes open rows as classes do; both by half where it came as expected. */
  @Test
  void dopamineTakesThePlaceOfTheExpectation() {
    NetworkSpec network = NetworkText.parse("6-50-10", NeuronModel.RATE, Mode.CLASSIFICATION);
    var broadcast = (org.raphe.rule.Signal.Broadcast) new Naca().signal();
    CorrectnessSignals signals = new CorrectnessSignals(network, broadcast, 4);
    float[] channels = new float[signals.channels()];
    signals.emit(1f, channels);
    assertArrayEquals(new float[] {0, 0, 0.5f, 0.5f}, channels);
    signals.emit(-1f, channels);
    assertArrayEquals(new float[] {0.5f, 0.5f, 0, 0}, channels);
    signals.emit(0f, channels);
    assertArrayEquals(new float[] {0.25f, 0.25f, 0.25f, 0.25f}, channels);
    float[] better = signals.table(0, 1f);
    float[] worse = signals.table(0, -1f);
    assertEquals(CLASSES * 50, better.length);
    int differ = 0;
    for (int unit = 0; unit < 50; unit++) {
      differ += better[unit] != worse[unit] ? 1 : 0;
      assertEquals(better[unit], better[9 * 50 + unit], "every class has the same");
    }
    assertTrue(differ > 40);
  }

  @Test
  void whatDoesNotGoTogetherIsRefusedInOneLine() {
    assertFails(
        InputException.class,
        () -> only(Modulator.SEROTONIN, Lever.RESET),
        "reset is na's alone, not 5ht's");
    ModulationSettings replaced = only(Modulator.DOPAMINE, Lever.EXPECTATION);
    replaced.checkFits(learning(new Naca()));
    assertFails(
        InputException.class,
        () -> replaced.checkFits(learning(new DirectRandomTargetProjection())),
        "drtp",
        "choose rule naca");
    assertFails(
        InputException.class,
        () -> all().checkFits(LearningSpec.competitive(new NacaCompetitive())),
        "naca-competitive",
        "by its wins");
    assertFails(InputException.class, () -> Lever.named("gian"), "did you mean gain");
    assertFails(
        InputException.class,
        () -> new ModulationSettings.Constants(300, 0.4f, 0, 500, 1, 0.1f, 500),
        "above 0, not 0.0");
    ModulationSettings.NONE.checkFits(LearningSpec.competitive(new NacaCompetitive()));
    assertFalse(all().isNone());
    assertNotEquals(all(), ModulationSettings.NONE);
  }
}
