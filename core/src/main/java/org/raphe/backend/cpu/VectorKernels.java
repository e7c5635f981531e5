package org.raphe.backend.cpu;

import static org.raphe.backend.cpu.VectorShape.LANES;

import org.raphe.learning.OptimizerStep;
import org.raphe.network.Activation;
import org.raphe.network.LifDynamics;

/**
 * The inner loops on the Vector API: the same operations in the same order as {@link PlainKernels},
 * many units at a time. Gated and logistic units (class-continual mode) run the plain loops.
 */
final class VectorKernels extends PlainKernels {

  /** Called by name, only where the Vector API's module is present. */
  VectorKernels() {
    if (LANES < 4 || LANES > 16) {
      throw new UnsupportedOperationException(
          "loops are written for 4 to 16 floats a vector, and this machine prefers " + LANES);
    }
  }

  @Override
  String description() {
    return "Vector API, " + LANES + " floats a vector";
  }

  @Override
  void drawSpikes(
      long seed, int stream, int id, int[] thresholds, int inputs, SpikeTrains trains, int sample) {
    VectorSpikes.drawSpikes(seed, stream, id, thresholds, inputs, trains, sample);
  }

  @Override
  void countSpikes(SpikeTrains trains, int sample) {
    VectorSpikes.countSpikes(trains, sample);
  }

  @Override
  void expand(SpikeTrains trains, int sample, float[] gate, float[] x) {
    VectorSpikes.expand(trains, sample, gate, x);
  }

  @Override
  void integrate(
      float[] x,
      int[] ids,
      int idsAt,
      int count,
      int columns,
      TiledLayer layer,
      int tile,
      float[] z) {
    VectorCurrents.integrate(x, ids, idsAt, count, columns, layer, tile, z);
  }

  @Override
  void integrateSamples(
      SampleGroup group, int from, int to, TiledLayer layer, int tile, float[] z, int zAt) {
    VectorSamples.integrate(group, from, to, layer, tile, z, zAt);
  }

  @Override
  void integrateEvents(WindowEvents events, TiledLayer layer, int tile, float[] z) {
    VectorEvents.integrate(events, layer, tile, z);
  }

  @Override
  void membrane(
      LifDynamics lif,
      float[] trace,
      float[] slope,
      TiledLayer layer,
      int tile,
      float[] gate,
      SpikeTrains out,
      int sample) {
    if (gate != null || lif.logisticCurrent()) {
      super.membrane(lif, trace, slope, layer, tile, gate, out, sample);
    } else {
      VectorMembranes.membrane(lif, trace, layer, tile, out, sample);
    }
  }

  @Override
  long credit(
      LifDynamics lif,
      float[] trace,
      float[] slope,
      float[] gate,
      TiledLayer layer,
      int tile,
      float[] signal,
      int signalAt,
      boolean everyStep,
      Credit credit,
      int sample,
      int[] inputSpikes,
      int inputSpikesAt) {
    if (gate != null || lif.logisticCurrent() || lif.membraneCredit()) {
      return super.credit(
          lif,
          trace,
          slope,
          gate,
          layer,
          tile,
          signal,
          signalAt,
          everyStep,
          credit,
          sample,
          inputSpikes,
          inputSpikesAt);
    }
    return VectorMembranes.credit(
        lif, trace, tile, signal, signalAt, everyStep, credit, sample, inputSpikes, inputSpikesAt);
  }

  @Override
  void learnSpikes(
      InputRows rows,
      float[] gate,
      float[] gain,
      Credit credit,
      TiledLayer layer,
      int firstTile,
      int endTile,
      OptimizerStep step) {
    VectorLearning.learnSpikes(rows, gate, gain, credit, layer, firstTile, endTile, step);
  }

  @Override
  void learnValues(
      InputRows rows,
      float[] gain,
      Credit credit,
      TiledLayer layer,
      int firstTile,
      int endTile,
      OptimizerStep step) {
    VectorLearning.learnValues(rows, gain, credit, layer, firstTile, endTile, step);
  }

  @Override
  void addTerms(
      GradientTerms terms,
      int from,
      int to,
      float[] values,
      int offset,
      int width,
      float[] sum,
      int sumAt) {
    VectorProducts.addTerms(terms, from, to, values, offset, width, sum, sumAt);
  }

  @Override
  void integrateSites(
      InputPlanes planes, int sample, int row, TiledLayer layer, int tile, float[] z) {
    VectorSites.integrate(planes, sample, row, layer, tile, z);
  }

  @Override
  void addSites(
      InputPlanes planes,
      LearningSites sites,
      int first,
      int end,
      Credit credit,
      int tile,
      float[] sums,
      int sumsAt,
      int apart) {
    VectorProducts.addSites(planes, sites, first, end, credit, tile, sums, sumsAt, apart);
  }

  @Override
  int countNotZero(float[] values, int at, int count) {
    return VectorSums.countNotZero(values, at, count);
  }

  @Override
  float dot(float[] a, int aAt, float[] b, int bAt, int count, float[] lanes) {
    return VectorSums.dot(a, aAt, b, bAt, count, lanes);
  }

  @Override
  void rateUnits(
      Activation activation,
      float[] z,
      int zAt,
      int width,
      float[] gate,
      int gateAt,
      float[] signal,
      int signalAt,
      float[] c,
      int cAt) {
    switch (activation) {
      case TANH -> VectorElementary.tanhUnits(z, zAt, width, signal, signalAt, c, cAt);
      case RELU -> VectorElementary.rectifiedUnits(z, zAt, width, signal, signalAt, c, cAt);
      case LOGISTIC ->
          super.rateUnits(activation, z, zAt, width, gate, gateAt, signal, signalAt, c, cAt);
    }
  }
}
