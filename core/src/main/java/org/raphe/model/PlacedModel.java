package org.raphe.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.raphe.InputException;
import org.raphe.backend.Backend;
import org.raphe.backend.BatchSchedule;
import org.raphe.backend.PlacedNetwork;
import org.raphe.backend.PlacedSamples;
import org.raphe.data.Samples;
import org.raphe.network.Mode;
import org.raphe.network.NeuronModel;
import org.raphe.random.RandomStream;

/**
 * A model on a device, which is shown samples and learns nothing from them. Samples are scaled as
 * the model says. Those of a network with an input-type gate are shown one at a time (the strict
 * protocol), so that a prediction never depends on which samples are shown together.
 *
 * <p>Spiking units see input spikes drawn from (TEST_SPIKES, number of the sample) with the model's
 * seed: sample k of {@link #predict(Samples)} is number k, as it is for {@code raphe evaluate} and
 * {@code raphe predict}, and a sample shown alone has the number that the caller gives it, or 0.
 * The same sample of the same number has the same prediction, to the bit, on every backend.
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
   * Predicts the class of one sample, as sample 0.
   *
   * @param features as many as the network has inputs, finite, not scaled yet
   * @throws org.raphe.InputException if they are not
   */
  public Prediction predict(float[] features) {
    return predict(features, 0);
  }

  /**
   * Predicts the class of one sample as {@link #predict(Samples)} does that of its sample {@code
   * number}, to the bit: its spikes are those of that number. Nothing else depends on it.
   *
   * @param features as many as the network has inputs, finite, not scaled yet
   * @param number from 0
   * @throws org.raphe.InputException if they are not
   */
  public Prediction predict(float[] features, int number) {
    if (number < 0) {
      throw new InputException("samples are numbered from 0, not " + number);
    }
    int[] unused = {0};
    int classes = model.network().classes();
    Samples given =
        Samples.ofFeatures("sample", model.network().input(), classes, features, unused);
    List<Prediction> predictions = new ArrayList<>();
    Samples scaled = model.features().apply(given);
    try (PlacedSamples shown = placed.placeSamples(scaled)) {
      showAlone(shown, scaled, number);
      addOutputs(predictions, 1);
    }
    placed.takeCounters();
    return predictions.get(0);
  }

  private void showAlone(PlacedSamples shown, Samples scaled, int number) {
    int stream = RandomStream.TEST_SPIKES.number(0);
    if (number == 0 || model.network().neuron() != NeuronModel.LIF) {
      BatchSchedule.test(placed, shown, new int[] {0}, 0, 1, stream);
      return;
    }
    float[] features = new float[scaled.shape().size()];
    scaled.copyFeatures(0, features, 0);
    placed.beginBatch(shown, new int[] {0}, 0, 1);
    placed.writeInputSpikes(SampleSpikes.draw(placed.placement(), features, stream, number));
    BatchSchedule.testBegun(placed);
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
