package org.raphe.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.raphe.data.Samples;
import org.raphe.network.NeuronModel;

/**
 * A batch on its way to the engine: {@code indices[from ... from+count-1]} of {@code samples}.
 *
 * @param neuron rate units take features, spiking ones input spikes
 * @param spikes what draws input spikes, T steps of them
 * @param stream random stream of the input spikes
 */
record EngineBatch(
    NeuronModel neuron,
    InputSpikes spikes,
    Samples samples,
    int[] indices,
    int from,
    int count,
    int stream) {

  /** Features [B, N], or input spikes [T*B, N], step by step. */
  NDArray inputs(NDManager manager) {
    int width = samples.shape().size();
    if (neuron == NeuronModel.LIF) {
      float[] trains = spikes.draw(samples, stream, indices, from, count);
      return manager.create(trains, new Shape(trains.length / width, width));
    }
    float[] features = new float[count * width];
    for (int sample = 0; sample < count; sample++) {
      samples.copyFeatures(indices[from + sample], features, sample * width);
    }
    return manager.create(features, new Shape(count, width));
  }

  /** [B, K], 1 at each sample's class. */
  NDArray onehot(NDManager manager) {
    int classes = samples.classes();
    float[] onehot = new float[count * classes];
    for (int sample = 0; sample < count; sample++) {
      onehot[sample * classes + label(sample)] = 1f;
    }
    return manager.create(onehot, new Shape(count, classes));
  }

  /** Class of the batch's sample number {@code sample}. */
  int label(int sample) {
    return samples.label(indices[from + sample]);
  }
}
