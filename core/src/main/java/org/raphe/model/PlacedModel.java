package org.raphe.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.raphe.backend.Backend;
import org.raphe.backend.BatchSchedule;
import org.raphe.backend.PlacedNetwork;
import org.raphe.backend.PlacedSamples;
import org.raphe.data.Samples;
import org.raphe.network.Mode;
import org.raphe.random.RandomStream;

/**
 * A model on a device, which is shown samples and learns nothing from them. Samples are scaled as
 * the model says. Those of a network with an input-type gate are shown one at a time (the strict
 * protocol), so that a prediction never depends on which samples are shown together.
 *
 * <p>Spiking units see input spikes drawn from (TEST_SPIKES, number of the sample) with the model's
 * seed: sample k of {@link #predict(Samples)} is number k, as it is for {@code raphe evaluate}, and
 * a sample shown alone is number 0. The same sample of the same number has the same prediction, to
 * the bit, on every backend.
 *
 * <p>Not safe for use by two threads at a time. Closing releases all device memory; the backend
 * stays open.
 */
public final class PlacedModel implements AutoCloseable {
  private static final int BATCH = 32;

  private final Model model;
  private final PlacedNetwork placed;

  PlacedModel(Model model, Backend backend) {
    this.model = model;
    placed = backend.place(model.placement(BATCH));
    placed.writeParameters(model.parameters());
  }

  /**
   * Predicts the class of one sample.
   *
   * @param features as many as the network has inputs, finite, not scaled yet
   * @throws org.raphe.InputException if they are not
   */
  public Prediction predict(float[] features) {
    int[] unused = {0};
    int classes = model.network().classes();
    return predict(Samples.ofFeatures("sample", model.network().input(), classes, features, unused))
        .get(0);
  }

  /**
   * Predicts the class of each sample, in their order; their labels are not looked at.
   *
   * @param samples not scaled yet
   * @throws IllegalArgumentException if they do not have the features and classes of the network
   */
  public List<Prediction> predict(Samples samples) {
    List<Prediction> predictions = new ArrayList<>();
    int atATime = model.network().mode() == Mode.CLASS_CONTINUAL ? 1 : BATCH;
    int[] all = IntStream.range(0, samples.size()).toArray();
    try (PlacedSamples shown = placed.placeSamples(model.features().apply(samples))) {
      for (int from = 0; from < all.length; from += atATime) {
        int count = Math.min(atATime, all.length - from);
        BatchSchedule.test(placed, shown, all, from, count, RandomStream.TEST_SPIKES.number(0));
        addOutputs(predictions, count);
      }
    }
    placed.takeCounters();
    return predictions;
  }

  private void addOutputs(List<Prediction> predictions, int count) {
    float[] outputs = placed.readOutputs();
    int classes = model.network().classes();
    for (int k = 0; k < count; k++) {
      float[] ofOne = Arrays.copyOfRange(outputs, k * classes, (k + 1) * classes);
      predictions.add(Prediction.of(ofOne, model.classNames()));
    }
  }

  @Override
  public void close() {
    placed.close();
  }
}
