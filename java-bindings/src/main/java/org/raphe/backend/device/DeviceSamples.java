package org.raphe.backend.device;

import java.util.Arrays;
import org.raphe.backend.PlacedSamples;
import org.raphe.data.Samples;

/** Samples in a device's memory: features, as bytes or float32, [N][D], and labels [N]. */
final class DeviceSamples implements PlacedSamples {
  private final int size;
  private final OwnedResources owned = new OwnedResources();
  final boolean pixels;
  final DeviceMemory features;
  final DeviceMemory labels;

  DeviceSamples(KernelDevice device, Samples samples) {
    size = samples.size();
    pixels = samples.hasPixels();
    int width = samples.shape().size();
    long numbers = (long) size * width;
    features =
        device.allocate("features of " + samples.name(), pixels ? numbers : Float.BYTES * numbers);
    owned.add(features);
    try {
      labels = device.allocate("labels of " + samples.name(), (long) Integer.BYTES * size);
      owned.add(labels);
      write(samples, width);
    } catch (RuntimeException e) {
      OwnedResources.closeAfter(e, owned);
      throw e;
    }
  }

  private void write(Samples samples, int width) {
    int[] all = new int[size];
    Arrays.setAll(all, samples::label);
    labels.write(all);
    if (pixels) {
      features.write(samples.pixels());
      return;
    }
    float[] values = new float[Math.multiplyExact(size, width)];
    for (int sample = 0; sample < size; sample++) {
      samples.copyFeatures(sample, values, sample * width);
    }
    features.write(values);
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public void close() {
    owned.close();
  }
}
