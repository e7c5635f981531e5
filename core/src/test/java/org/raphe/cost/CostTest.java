package org.raphe.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.raphe.backend.Backend;
import org.raphe.backend.BatchSchedule;
import org.raphe.backend.Counters;
import org.raphe.backend.PlacedNetwork;
import org.raphe.backend.PlacedSamples;
import org.raphe.backend.Placement;
import org.raphe.backend.cpu.CpuBackend;
import org.raphe.data.Samples;
import org.raphe.learning.LearningSpec;
import org.raphe.learning.Optimizer;
import org.raphe.network.InputShape;
import org.raphe.network.Mode;
import org.raphe.network.NetworkSpec;
import org.raphe.network.NetworkText;
import org.raphe.network.NeuronModel;
import org.raphe.network.Parameters;
import org.raphe.rule.Frozen;
import org.raphe.rule.LocalError;
import org.raphe.rule.Naca;
import org.raphe.rule.Rule;
import org.raphe.rule.Rules;

/**
 * Numbers worked by hand for a network 3-4-2: 12 + 4 parameters in the hidden layer, 8 + 2 in the
 * read-out.
 */
class CostTest {
  /** Ten samples; 100 active inputs of the first layer, 50 of the second. */
  private static final Counters COUNTED =
      new Counters(10, 6, 1.5, new long[] {100, 50}, new long[] {70, 30});

  private static final long BATCHES = 5;

  private static NetworkSpec network(NeuronModel neuron) {
    return NetworkText.parse("3-4-2", neuron, Mode.CLASSIFICATION);
  }

  private static LearningSpec learning(Rule rule, Optimizer optimizer) {
    return LearningSpec.published(Mode.CLASSIFICATION, rule).withOptimizer(optimizer);
  }

  private static Cost training(NeuronModel neuron, Rule rule, Optimizer optimizer, int steps) {
    return Cost.ofTraining(network(neuron), learning(rule, optimizer), steps, COUNTED, BATCHES);
  }

  @Test
  void spikingInference() {
    Cost cost = Cost.ofInference(network(NeuronModel.LIF), 8, COUNTED, BATCHES);
    assertEquals(10, cost.samples());
    assertEquals(100 * 4 + 50 * 2, cost.forwardSynapticOperations());
    assertEquals(0, cost.macs(), "a spike is an accumulate");
    assertEquals(10 * 8 * (12 + 8), cost.denseMacs());
    assertEquals(10 * 8 * (4 + 2), cost.neuronUpdates());
    assertEquals(0, cost.learningSynapticOperations());
    assertEquals(0, cost.weightWrites());
    long inputs = 10 * 3 * 4;
    long parameters = 5 * (16 + 10) * 4;
    long trains = 2 * 10 * 4 * (3 + 4);
    assertEquals(inputs + parameters + trains, cost.bytesMoved());
  }

  @Test
  void aWindowOf33StepsTakesTwoWordsATrain() {
    Cost cost = Cost.ofInference(network(NeuronModel.LIF), 33, COUNTED, BATCHES);
    assertEquals(10 * 33 * 20, cost.denseMacs());
    assertEquals(10 * 3 * 4 + 5 * 26 * 4 + 2 * 10 * 2 * 4 * 7, cost.bytesMoved());
  }

  @Test
  void rateInferenceMultiplies() {
    Cost cost = Cost.ofInference(network(NeuronModel.RATE), 1, COUNTED, BATCHES);
    assertEquals(0, cost.forwardSynapticOperations());
    assertEquals(100 * 4 + 50 * 2, cost.macs());
    assertEquals(10 * 20, cost.denseMacs());
    assertEquals(10 * 6, cost.neuronUpdates());
    assertEquals(10 * 3 * 4 + 5 * 26 * 4 + 2 * 10 * 4 * 7, cost.bytesMoved());
  }

  @Test
  void trainingWithAdamRewritesEveryParameterABatch() {
    Cost cost = training(NeuronModel.LIF, new Naca(), Optimizer.Adam.of(1e-3), 8);
    assertEquals(100, cost.learningSynapticOperations());
    assertEquals(5 * 26, cost.weightWrites());
    assertEquals(500, cost.forwardSynapticOperations());
    long forward = 120 + 520 + 560;
    long optimizer = 5 * 26 * 4 * 6;
    long credits = 10 * (2 * 4 * 8 * (4 + 2) + 4 * (3 + 4));
    assertEquals(forward + optimizer + credits, cost.bytesMoved());
  }

  @Test
  void descentReadsAndWritesWeightsAlone() {
    long adam = training(NeuronModel.LIF, new Naca(), Optimizer.Adam.of(1e-3), 8).bytesMoved();
    long sgd = training(NeuronModel.LIF, new Naca(), new Optimizer.Sgd(1e-3), 8).bytesMoved();
    assertEquals(5 * 26 * 4 * 4, adam - sgd, "Adam also reads and writes two moments");
  }

  @Test
  void frozenHiddenLayersWriteNothing() {
    Cost cost = training(NeuronModel.RATE, new Frozen(), new Optimizer.Sgd(1e-3), 1);
    assertEquals(5 * 10, cost.weightWrites());
    long forward = 120 + 520 + 560;
    assertEquals(forward + 5 * 10 * 4 * 2 + 10 * (2 * 4 * 2 + 4 * 4), cost.bytesMoved());
  }

  @ParameterizedTest
  @CsvSource({"naca,0", "drtp,0", "brp,4", "dfa,8", "eprop,8", "local-error,16"})
  void signalsThatAnswerAreMultipliedAndRead(String name, int macsOfASample) {
    Rule rule = Rules.named(name);
    Cost cost = training(NeuronModel.LIF, rule, Optimizer.Adam.of(1e-3), 8);
    Cost naca = training(NeuronModel.LIF, new Naca(), Optimizer.Adam.of(1e-3), 8);
    assertEquals(10 * macsOfASample, cost.macs());
    assertEquals(10 * 4 * macsOfASample, cost.bytesMoved() - naca.bytesMoved());
    assertEquals(
        100 * 4 + 50 * 2 + 10 * macsOfASample,
        training(NeuronModel.RATE, rule, Optimizer.Adam.of(1e-3), 1).macs());
  }

  /** A hidden layer of 16 parameters and a head of 2 x 5 that learned from 2 of 5 batches. */
  @Test
  void aLayerThatLearnedFromSomeBatchesCostsThese() {
    LearningSpec learning =
        learning(new LocalError(LocalError.Heads.LEARNED), new Optimizer.Sgd(0.1));
    NetworkSpec spec = network(NeuronModel.RATE);
    List<Taught> taught = List.of(new Taught(4, 2));
    Cost some = Cost.ofTraining(spec, learning, 1, COUNTED, BATCHES, taught);
    Cost all = Cost.ofTraining(spec, learning, 1, COUNTED, BATCHES);
    assertEquals(2 * (16 + 10) + 5 * 10, some.weightWrites());
    assertEquals(5 * (16 + 10) + 5 * 10, all.weightWrites());
    long macsOfASample = (all.macs() - 100 * 4 - 50 * 2) / 10;
    assertEquals(100 * 4 + 50 * 2 + 4 * macsOfASample, some.macs());
    long parameters = 3 * (16 + 10) * 4L * 2;
    long credits = 6 * (2L * 4 * 4 + 4 * 3);
    assertEquals(
        parameters + credits + 6 * 4 * macsOfASample, all.bytesMoved() - some.bytesMoved());
  }

  @Test
  void countsBeyondAnIntAreExact() {
    Counters many = new Counters(60_000, 0, 0, new long[] {1L << 40, 0}, new long[2]);
    Cost cost = Cost.ofInference(network(NeuronModel.LIF), 1024, many, 1);
    assertEquals(4L << 40, cost.forwardSynapticOperations());
    assertEquals(60_000L * 1024 * 20, cost.denseMacs());
  }

  /** One batch of two samples whose active inputs are known: 2 of 3, then all, then none. */
  @Test
  void theBackendsCountersAreThoseOfTheSamples() {
    NetworkSpec spec = network(NeuronModel.RATE);
    LearningSpec learning = learning(new Naca(), new Optimizer.Sgd(0.1));
    Samples samples =
        Samples.ofFeatures(
            "three",
            InputShape.vector(3),
            2,
            new float[] {0.5f, 0, 0.25f, 1, 1, 1, 0, 0, 0},
            new int[] {0, 1, 1});
    try (Backend backend = new CpuBackend(1);
        PlacedNetwork placed = backend.place(new Placement(spec, learning, 1, 3, 1, 0, 1));
        PlacedSamples shown = placed.placeSamples(samples)) {
      placed.writeParameters(Parameters.draw(spec, 1));
      BatchSchedule.train(placed, shown, new int[] {0, 1, 2}, 0, 3, 1, 1, 1);
      Cost cost = Cost.ofTraining(spec, learning, 1, placed.takeCounters(), 1);
      assertEquals(5 * 4 + 3 * 4 * 2, cost.macs(), "tanh of hidden units is not 0");
      assertEquals(5 * 4 + 3 * 4 * 2, cost.learningSynapticOperations(), "no credit is 0");
      assertEquals(26, cost.weightWrites());
    }
  }
}
