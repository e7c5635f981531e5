package org.raphe.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.raphe.backend.Backend;
import org.raphe.backend.BatchSchedule;
import org.raphe.backend.PlacedNetwork;
import org.raphe.backend.PlacedSamples;
import org.raphe.backend.Placement;
import org.raphe.backend.cpu.CpuBackend;
import org.raphe.backend.cpu.KernelChoice;
import org.raphe.datasets.GeneratedImages;
import org.raphe.learning.LearningSpec;
import org.raphe.learning.OptimizerStep;
import org.raphe.network.NetworkSpec;
import org.raphe.network.NetworkText;
import org.raphe.network.NeuronModel;
import org.raphe.network.Parameters;
import org.raphe.random.RandomStream;
import org.raphe.random.UniformSequence;
import org.raphe.rule.Naca;

/**
 * Microseconds of each stage of a batch on the CPU backend: NACA, 784-1000-10, batch 32, Adam, on
 * generated images as dense as MNIST's.
 *
 * <p>Before anything is timed the network trains on {@value #BATCHES} batches. A single stage then
 * runs on one and the same batch again and again, the stages before it done once; {@link
 * #trainBatch} goes through all of them.
 *
 * <pre>
 *   mvn -q -pl benchmarks -am package -DskipTests
 *   java -cp 'benchmarks/target/raphe-benchmarks-0.1.0.jar:benchmarks/target/lib/*' \
 *       org.openjdk.jmh.Main StageBenchmark
 * </pre>
 *
 * <p>{@code -p kernels=vector -p threads=2} picks parameters, {@code
 * SpikingStageBenchmark.hiddenLayer} stages.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
public abstract class StageBenchmark {
  private static final int BATCH = 32;
  private static final int BATCHES = 40;
  private static final int HIDDEN = 0;
  private static final int READOUT = 1;
  private static final int STREAM = RandomStream.TRAINING_SPIKES.number(1);
  private static final long SEED = 1;

  /** Inner loops of the CPU backend. */
  @Param({"plain", "vector"})
  public String kernels;

  /** Threads of the CPU backend. */
  @Param({"1", "2"})
  public int threads;

  private final NeuronModel neuron;
  private final int steps;
  private Backend backend;
  private PlacedNetwork placed;
  private PlacedSamples samples;
  private int[] order;
  private int batches;
  private OptimizerStep hiddenStep;
  private OptimizerStep readoutStep;

  /**
   * @param neuron units of the network
   * @param steps T; 1 for rate units
   */
  StageBenchmark(NeuronModel neuron, int steps) {
    this.neuron = neuron;
    this.steps = steps;
  }

  /** Places and trains the network and leaves it within a batch whose stages are all done. */
  @Setup(Level.Trial)
  public void setUp() {
    org.raphe.network.Mode mode = org.raphe.network.Mode.CLASSIFICATION;
    NetworkSpec network = NetworkText.parse("784-1000-10", neuron, mode);
    LearningSpec learning = LearningSpec.published(mode, new Naca());
    backend = new CpuBackend(threads, KernelChoice.named(kernels));
    placed = backend.place(new Placement(network, learning, steps, BATCH, 1f, 0f, SEED));
    placed.writeParameters(Parameters.draw(network, SEED));
    samples = placed.placeSamples(GeneratedImages.of(BATCHES * BATCH, SEED));
    order =
        new UniformSequence(SEED, RandomStream.ORDER.number(1), 0).nextPermutation(BATCH * BATCHES);
    batches = 0;
    for (int batch = 0; batch < BATCHES; batch++) {
      trainBatch();
    }
    // Moments from other batches would decay below the normal range while one batch is learnt.
    placed.writeState(
        placed.placement().initialState().withParameters(network, placed.readParameters()));
    hiddenStep = learning.optimizer(false).step(batches, 1.0);
    readoutStep = learning.optimizer(true).step(batches, 1.0);
  }

  /** Frees what {@link #setUp} placed. */
  @TearDown(Level.Trial)
  public void tearDown() {
    samples.close();
    placed.close();
    backend.close();
  }

  /** Draws the input spikes of the batch. */
  final void drawInputSpikes() {
    placed.drawSpikes(STREAM);
  }

  /** The hidden layer forward, without learning. */
  @Benchmark
  public void hiddenLayer() {
    placed.hiddenLayer(HIDDEN, false);
  }

  /** The hidden layer forward, with its credit. */
  @Benchmark
  public void hiddenLayerWithCredit() {
    placed.hiddenLayer(HIDDEN, true);
  }

  /** The read-out forward, with its error's credit. */
  @Benchmark
  public void readout() {
    placed.readout(true);
  }

  /** Gradient and Adam update of the hidden layer. */
  @Benchmark
  public void learnHidden() {
    placed.learn(HIDDEN, hiddenStep);
  }

  /** Gradient and Adam update of the read-out. */
  @Benchmark
  public void learnReadout() {
    placed.learn(READOUT, readoutStep);
  }

  /** All stages of a batch, the next one at each call. */
  @Benchmark
  public void trainBatch() {
    int from = batches % BATCHES * BATCH;
    batches++;
    BatchSchedule.train(placed, samples, order, from, BATCH, STREAM, batches, 1.0);
  }
}
