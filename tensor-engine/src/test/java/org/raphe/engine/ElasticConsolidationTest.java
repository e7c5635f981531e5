package org.raphe.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.raphe.network.Dense;

/** The penalty of elastic weight consolidation in double, on a layer of 2 inputs and 3 units. */
class ElasticConsolidationTest {
  private static final double LAMBDA = 700;
  private static final int PARAMETERS = 2 * 3 + 3;

  private NDManager manager;
  private List<TrainedLayer> layers;

  @BeforeEach
  void place() {
    EngineNeeded.orSkip();
    manager = PyTorchEngine.open(1, 1);
    layers = List.of(new TrainedDense(manager, new Dense(2, 3, true), DataType.FLOAT64));
  }

  @AfterEach
  void close() {
    if (manager != null) {
      manager.close();
    }
  }

  private void set(double[] w) {
    copy(layers.get(0).parameters(), w);
  }

  private NDList parts(double[] values) {
    NDList parts = layers.get(0).zeros(manager);
    copy(parts, values);
    return parts;
  }

  private void copy(NDList target, double[] values) {
    int at = 0;
    for (NDArray part : target) {
      double[] own = new double[(int) part.size()];
      System.arraycopy(values, at, own, 0, own.length);
      manager.create(own, part.getShape()).copyTo(part);
      at += own.length;
    }
  }

  private static double[] read(NDList parts) {
    double[] all = new double[PARAMETERS];
    int at = 0;
    for (NDArray part : parts) {
      double[] own = part.toDoubleArray();
      System.arraycopy(own, 0, all, at, own.length);
      at += own.length;
    }
    return all;
  }

  /** What the penalty adds to a gradient of {@code before} everywhere. */
  private double[] added(ElasticConsolidation consolidation, double before) {
    double[] start = new double[PARAMETERS];
    Arrays.fill(start, before);
    NDList gradients = parts(start);
    consolidation.addPenalty(layers, List.of(gradients));
    double[] gradient = read(gradients);
    for (int k = 0; k < PARAMETERS; k++) {
      gradient[k] -= before;
    }
    return gradient;
  }

  @Test
  void beforeTheFirstExperienceHasEndedNothingIsHeld() {
    set(new Random(1).doubles(PARAMETERS).toArray());
    ElasticConsolidation consolidation = new ElasticConsolidation(LAMBDA, layers);
    assertArrayEquals(new double[PARAMETERS], added(consolidation, 0.5));
    assertEquals(0, consolidation.samples());
  }

  /** F = 2, then 6, where weights were 1, then 3: anchor (2 * 1 + 6 * 3) / 8 = 2.5. */
  @Test
  void twoExperiencesByHand() {
    ElasticConsolidation consolidation = new ElasticConsolidation(0.5, layers);
    double[] all = new double[PARAMETERS];
    Arrays.fill(all, 1);
    set(all);
    Arrays.fill(all, 2 * 10);
    consolidation.add(layers, List.of(parts(all)), 10);
    Arrays.fill(all, 3);
    set(all);
    Arrays.fill(all, 6 * 4);
    consolidation.add(layers, List.of(parts(all)), 4);
    assertEquals(14, consolidation.samples());
    Arrays.fill(all, 3.5);
    set(all);
    for (double gradient : added(consolidation, 0.25)) {
      assertEquals(0.5 * 8 * (3.5 - 2.5), gradient, 1e-12);
    }
  }

  /** Against differences of the penalty as it is written, a term an experience. */
  @Test
  void theGradientIsTheSlopeOfThePenaltySummedOverExperiences() {
    Random random = new Random(5);
    ElasticConsolidation consolidation = new ElasticConsolidation(LAMBDA, layers);
    List<double[]> fishers = new ArrayList<>();
    List<double[]> anchors = new ArrayList<>();
    for (int experience = 0; experience < 4; experience++) {
      double[] weights = random.doubles(PARAMETERS, -1, 1).toArray();
      double[] fisher = random.doubles(PARAMETERS).map(u -> u < 0.4 ? 0 : u * u).toArray();
      int samples = 3 + experience;
      set(weights);
      double[] sums = Arrays.stream(fisher).map(f -> f * samples).toArray();
      consolidation.add(layers, List.of(parts(sums)), samples);
      fishers.add(fisher);
      anchors.add(weights);
    }
    double[] now = random.doubles(PARAMETERS, -1, 1).toArray();
    set(now);
    double[] gradient = added(consolidation, 0);
    double delta = 1e-5;
    for (int k = 0; k < PARAMETERS; k++) {
      double above = penalty(fishers, anchors, k, now[k] + delta);
      double below = penalty(fishers, anchors, k, now[k] - delta);
      assertEquals((above - below) / (2 * delta), gradient[k], 1e-5, "parameter " + k);
    }
  }

  /** The part of lambda/2 sum_e F_e (w - w_e)^2 that parameter {@code k} has. */
  private static double penalty(
      List<double[]> fishers, List<double[]> anchors, int k, double value) {
    double sum = 0;
    for (int e = 0; e < fishers.size(); e++) {
      sum += fishers.get(e)[k] * Math.pow(value - anchors.get(e)[k], 2);
    }
    return LAMBDA / 2 * sum;
  }
}
