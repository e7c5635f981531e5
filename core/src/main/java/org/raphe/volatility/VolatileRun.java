package org.raphe.volatility;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.raphe.backend.Backend;
import org.raphe.backend.BatchSchedule;
import org.raphe.backend.Counters;
import org.raphe.backend.NetworkState;
import org.raphe.backend.PlacedNetwork;
import org.raphe.backend.PlacedSamples;
import org.raphe.backend.cpu.Workers;
import org.raphe.data.Samples;
import org.raphe.random.RandomStream;
import org.raphe.tensor.NamedTensors;
import org.raphe.tensor.Tensor;

/**
 * Shows a stream once. Hidden layers learn its first samples by their rule and are then left as
 * they are: their plasticity gate closes. Any number of learners read the last hidden layer's
 * activity, side by side: none knows of another. A run that is stopped and continued ends with the
 * same bits.
 */
public final class VolatileRun {
  private static final String LEARNERS = "learners.";
  private static final String HITS = "hits.";
  private static final String LEVELS = "levels";
  private static final String SCALING = "scaling";
  private static final String YOKED = "yoked";

  private final VolatilePlan plan;
  private final VolatileStream stream;
  private final Samples samples;
  private final boolean[] yoked;
  private final Workers workers;
  private final VolatileListener listener;

  private final int units;
  private final List<StreamLearner> learners = new ArrayList<>();
  private final LevelRecord levels;
  private final ActivityScaling scaling;

  /** [learner][sample] 1 where it was answered right, else 0. */
  private final float[][] hits;

  private PlacedNetwork placed;
  private PlacedSamples placedSamples;
  private final int[] indices;
  private Counters learning;
  private Counters showing;
  private int batch;
  private double secondsBefore;
  private long[] productsBefore;
  private long startedNanos;

  /**
   * @param samples those of the stream in its order, with the labels that the learner is given
   * @param yoked when noradrenaline fired in another stream; null if no learner asks for it
   */
  public VolatileRun(
      VolatilePlan plan,
      VolatileStream stream,
      Samples samples,
      boolean[] yoked,
      Workers workers,
      VolatileListener listener) {
    this.plan = plan;
    this.stream = stream;
    this.samples = samples;
    this.yoked = yoked;
    this.workers = workers;
    this.listener = listener;
    units = plan.hiddenUnits();
    levels = new LevelRecord(stream.batches());
    scaling = new ActivityScaling(units);
    LearnerSpec.Setting setting =
        new LearnerSpec.Setting(stream, units, plan.placement().seed(), yoked);
    for (LearnerSpec spec : plan.learners()) {
      learners.add(spec.begin(setting, learners.isEmpty() ? levels : null));
    }
    hits = new float[learners.size()][stream.size()];
    indices = new int[stream.size()];
    Arrays.setAll(indices, k -> k);
    int depth = plan.placement().network().layers().size();
    learning = Counters.zero(depth);
    showing = Counters.zero(depth);
    productsBefore = new long[learners.size()];
  }

  /** The state before any sample. */
  public VolatileState initial(NetworkState network) {
    return new VolatileState(
        0, network, learning, showing, 0, learners.stream().map(each -> 0L).toList(), tensors());
  }

  /** Shows the stream from its beginning, or until the listener asks to stop. */
  public VolatileState run(Backend backend) {
    return run(backend, initial(backend.initialState(plan.placement())));
  }

  /** Shows the stream from {@code start}, or until the listener asks to stop. */
  public VolatileState run(Backend backend, VolatileState start) {
    restore(start);
    try (PlacedNetwork network = backend.place(plan.placement());
        PlacedSamples all = network.placeSamples(samples)) {
      placed = network;
      placedSamples = all;
      placed.writeState(start.network());
      startedNanos = System.nanoTime();
      while (batch < stream.batches()) {
        step();
        boolean stop = listener.stopRequested();
        if (batch < stream.batches() && (stop || listener.checkpointDue())) {
          listener.checkpoint(state());
        }
        if (stop) {
          break;
        }
      }
      return state();
    }
  }

  private void step() {
    int from = batch * stream.settings().batch();
    int count = Math.min(stream.settings().batch(), stream.size() - from);
    StreamBatch shown = show(from, count);
    int[][] answers = new int[learners.size()][count];
    workers.run(learners.size(), (item, worker) -> learners.get(item).learn(shown, answers[item]));
    int right = 0;
    for (int learner = 0; learner < answers.length; learner++) {
      for (int sample = 0; sample < count; sample++) {
        boolean hit = answers[learner][sample] == stream.trueLabel(from + sample);
        hits[learner][from + sample] = hit ? 1f : 0f;
        right += learner == 0 && hit ? 1 : 0;
      }
    }
    batch++;
    listener.progress(from + count, (double) right / count);
  }

  /** Shows a batch to the network, whose hidden layers learn while their gate is open. */
  private StreamBatch show(int from, int count) {
    int spikes = RandomStream.TRAINING_SPIKES.number(1);
    boolean open = from + count <= plan.plasticSamples();
    if (open) {
      BatchSchedule.train(placed, placedSamples, indices, from, count, spikes, batch + 1, 1.0);
    } else {
      BatchSchedule.showHidden(placed, placedSamples, indices, from, count, spikes);
    }
    float[] activity = placed.readActivity(plan.hiddenLayer());
    Counters counted = placed.takeCounters();
    if (open) {
      learning = learning.plus(counted);
    } else {
      // A read-out counts samples, and the network's own is not asked any more.
      showing =
          showing.plus(new Counters(count, 0, 0, counted.activeInputs(), counted.synapseUpdates()));
    }
    scaling.apply(activity, count);
    float[] byUnit = new float[count * units];
    int[] labels = new int[count];
    for (int sample = 0; sample < count; sample++) {
      labels[sample] = stream.givenLabel(from + sample);
      for (int unit = 0; unit < units; unit++) {
        byUnit[unit * count + sample] = activity[sample * units + unit];
      }
    }
    int context = stream.context(from);
    boolean switched = from > 0 && context != stream.context(from - 1);
    return new StreamBatch(batch, from, count, units, activity, byUnit, labels, context, switched);
  }

  private NamedTensors tensors() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put(SCALING, scaling.state());
    tensors.put(LEVELS, levels.state());
    for (int learner = 0; learner < hits.length; learner++) {
      tensors.put(HITS + learner, new Tensor(List.of(hits[learner].length), hits[learner]));
    }
    if (yoked != null) {
      float[] times = new float[yoked.length];
      for (int k = 0; k < times.length; k++) {
        times[k] = yoked[k] ? 1f : 0f;
      }
      tensors.put(YOKED, new Tensor(List.of(times.length), times));
    }
    NamedTensors all = new NamedTensors(tensors);
    for (int learner = 0; learner < learners.size(); learner++) {
      all = all.and(learners.get(learner).state().prefixed(LEARNERS + learner + "."));
    }
    return all;
  }

  private VolatileState state() {
    List<Long> products = new ArrayList<>();
    for (int learner = 0; learner < learners.size(); learner++) {
      products.add(productsBefore[learner] + learners.get(learner).products());
    }
    return new VolatileState(
        batch,
        placed.readState(),
        learning,
        showing,
        secondsBefore + (System.nanoTime() - startedNanos) / 1e9,
        products,
        tensors());
  }

  private void restore(VolatileState start) {
    batch = start.batches();
    learning = start.learning();
    showing = start.showing();
    secondsBefore = start.seconds();
    productsBefore = start.products().stream().mapToLong(Long::longValue).toArray();
    if (batch == 0) {
      return;
    }
    NamedTensors tensors = start.tensors();
    scaling.restore(tensors.values(SCALING));
    levels.restore(tensors.values(LEVELS));
    for (int learner = 0; learner < learners.size(); learner++) {
      System.arraycopy(tensors.values(HITS + learner), 0, hits[learner], 0, stream.size());
      learners.get(learner).restore(tensors.under(LEARNERS + learner + "."));
    }
  }

  /**
   * When noradrenaline fired in another stream, as a checkpoint keeps it; null if it keeps none.
   */
  static boolean[] yoked(NamedTensors tensors) {
    if (!tensors.has(YOKED)) {
      return null;
    }
    float[] times = tensors.values(YOKED);
    boolean[] yoked = new boolean[times.length];
    for (int k = 0; k < yoked.length; k++) {
      yoked[k] = times[k] != 0f;
    }
    return yoked;
  }

  /** The levels of the first learner, which is under modulators. */
  public LevelRecord levels() {
    return levels;
  }

  /** Whether each sample was answered right by a learner. */
  public boolean[] hits(int learner) {
    boolean[] right = new boolean[stream.size()];
    for (int sample = 0; sample < right.length; sample++) {
      right[sample] = hits[learner][sample] != 0f;
    }
    return right;
  }
}
