package org.raphe.result;

import java.util.List;

/**
 * What {@code evaluate} wrote of a saved model.
 *
 * @param format version of the file, {@link RunResult#FORMAT}
 * @param command {@code evaluate}
 * @param model the run folder or file that was named
 * @param weightsSha256 digest of all parameters, in hexadecimal digits
 * @param protocol how test samples were batched; null where nothing depends on it
 * @param testAccuracy share of test samples classified correctly
 * @param seconds wall time of the test
 * @param confusion which class was taken for which
 */
public record EvaluationResult(
    Integer format,
    String command,
    String model,
    String weightsSha256,
    Tested dataset,
    Device backend,
    String protocol,
    Double testAccuracy,
    Double seconds,
    ConfusionResult confusion) {

  /**
   * What it was tested on.
   *
   * @param name the data set's
   * @param testSamples how many
   * @param classNames the model's names of classes, by number
   */
  public record Tested(String name, Integer testSamples, List<String> classNames) {}

  /**
   * What ran it.
   *
   * @param name {@code cpu}, {@code opencl} or {@code cuda}
   * @param device the device's own name
   */
  public record Device(String name, String device) {}
}
