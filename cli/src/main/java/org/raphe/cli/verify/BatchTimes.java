package org.raphe.cli.verify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How long batches of one network took.
 *
 * @param network layers and units
 * @param batch samples of a batch
 * @param microseconds a whole batch by the host's clock, where no launch was timed
 * @param launches each launch by the device's clock
 */
record BatchTimes(String network, int batch, double microseconds, KernelTimes launches) {

  String name() {
    return network + ", batch " + batch;
  }

  String rate() {
    return String.format(Locale.ROOT, "%.0f samples/s", 1e6 * batch / microseconds);
  }

  /** A line for the whole batch and one for each kernel. */
  List<String> lines(Predictions predictions) {
    List<String> lines = new ArrayList<>();
    String whole = beside(microseconds, predictions.ofBatch(network, batch));
    lines.add(String.format(Locale.ROOT, "%-38s%s", name(), whole));
    launches
        .medians()
        .forEach(
            (place, median) -> {
              Double predicted = prediction(predictions, place);
              String text = place.kernel() + (place.launch() > 1 ? ", again" : "");
              lines.add(String.format(Locale.ROOT, "  %-36s%s", text, beside(median, predicted)));
            });
    return lines;
  }

  private static String beside(double measured, Double predicted) {
    String text = String.format(Locale.ROOT, "%10.1f us", measured);
    return predicted == null
        ? text
        : text + String.format(Locale.ROOT, "   H100 predicted %6.0f us", predicted);
  }

  private Double prediction(Predictions predictions, KernelTimes.Place place) {
    return predictions.of(network, batch, place.kernel(), place.launch());
  }

  /** The same by name. */
  Map<String, Object> figures(Predictions predictions) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("batch_microseconds", microseconds);
    figures.put("batch_predicted_h100", predictions.ofBatch(network, batch));
    figures.put("samples_per_second", 1e6 * batch / microseconds);
    figures.put("batches_timed", launches.batches());
    List<Map<String, Object>> kernels = new ArrayList<>();
    launches
        .medians()
        .forEach(
            (place, median) -> {
              Map<String, Object> row = new LinkedHashMap<>();
              row.put("kernel", place.kernel());
              row.put("launch", place.launch());
              row.put("microseconds", median);
              row.put("predicted_h100", prediction(predictions, place));
              kernels.add(row);
            });
    figures.put("kernels", kernels);
    return figures;
  }
}
