package org.raphe.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.raphe.InputException;
import org.raphe.IoFailure;
import org.raphe.model.Model;
import org.raphe.network.Convolution;
import org.raphe.report.Table.Format;

/**
 * What the networks of a scope have learned, as pictures: weights of each layer, and the filters of
 * a first convolution. Of each setting the first run whose folder holds the model is drawn.
 */
final class ModelPictures {
  private static final String MODEL = "model.safetensors";

  /** Models that are read for a page, and bytes of one at most. */
  private static final int MOST_MODELS = 50;

  private static final long MOST_BYTES = 256L << 20;
  private static final int MOST_FILTERS = 64;
  private static final int MOST_SIDE = 16;
  private static final int MOST_CHANNELS = 4;

  private final Table layers =
      new Table()
          .column("setting", Format.TEXT)
          .column("seed", Format.TEXT)
          .column("layer", Format.TEXT)
          .column("weights", Format.WHOLE)
          .column("mean", Format.NUMBER)
          .column("standard deviation", Format.NUMBER)
          .column("least", Format.NUMBER)
          .column("greatest", Format.NUMBER);
  private final Table filters =
      new Table()
          .column("setting", Format.TEXT)
          .column("seed", Format.TEXT)
          .column("filter", Format.WHOLE)
          .column("mean", Format.NUMBER)
          .column("least", Format.NUMBER)
          .column("greatest", Format.NUMBER);
  private final List<Object> histograms = new ArrayList<>();
  private final List<Object> mosaics = new ArrayList<>();
  private final List<String> notices = new ArrayList<>();
  private int read;

  private ModelPictures() {}

  /** The sections; none where no folder of the scope holds a model. */
  static List<Section> of(Scope scope) {
    ModelPictures pictures = new ModelPictures();
    for (RunGroup group : scope.groups()) {
      group.runs().stream()
          .filter(run -> Files.exists(run.folder().resolve(MODEL)))
          .findFirst()
          .ifPresent(run -> pictures.add(group, run));
    }
    List<Section> sections = new ArrayList<>();
    if (!pictures.histograms.isEmpty() || !pictures.notices.isEmpty()) {
      sections.add(pictures.weights(scope));
    }
    if (!pictures.mosaics.isEmpty()) {
      sections.add(pictures.firstFilters(scope));
    }
    return sections;
  }

  private Section weights(Scope scope) {
    Section section =
        scope
            .section("layer-weights", "Weights by layer")
            .words(
                "How many of a layer's weights are how large in the network that the first seed of a setting ended with, biases left out. Counts are drawn on a logarithmic scale; a bin that no weight fell into has no mark.")
            .plot(Plot.views("histogram", List.of("setting", "layer"), histograms))
            .table(layers);
    notices.forEach(section::notice);
    return section;
  }

  private Section firstFilters(Scope scope) {
    return scope
        .section("filters", "Filters of the first convolution")
        .words(
            "The weights by which each channel of the first convolution looks at its window of the input, in the network that the first seed of a setting ended with. All filters of a picture have one scale, symmetric around 0. Of more than "
                + MOST_FILTERS
                + " channels so many at equal distances are drawn; the table has those that are.")
        .plot(Plot.views("filters", List.of("setting", "input"), mosaics))
        .table(filters);
  }

  private void add(RunGroup group, Run run) {
    if (read == MOST_MODELS) {
      notices.add(
          "Only "
              + MOST_MODELS
              + " models are read for a page: "
              + group.label()
              + " is left out.");
      return;
    }
    read++;
    Path file = run.folder().resolve(MODEL);
    try {
      long bytes = Files.size(file);
      if (bytes > MOST_BYTES) {
        throw new InputException(file + " is larger than " + MOST_BYTES + " bytes");
      }
      draw(group, run, Model.read(file));
    } catch (InputException e) {
      notices.add("Left out: " + ForeignText.of(e.getMessage()) + ".");
    } catch (IOException e) {
      notices.add("Left out: " + ForeignText.of(file + ": " + IoFailure.reason(e)) + ".");
    }
  }

  private void draw(RunGroup group, Run run, Model model) {
    int depth = model.network().layers().size();
    for (int layer = 0; layer < depth; layer++) {
      String name = layer == depth - 1 ? "read-out" : "layer " + (layer + 1);
      WeightHistogram of = WeightHistogram.of(model.parameters().layers().get(layer).weights());
      layers.row(
          group.label(),
          run.seed(),
          name,
          of.count(),
          of.mean(),
          of.deviation(),
          of.least(),
          of.greatest());
      histograms.add(
          Plot.view(
              List.of(group.label(), name),
              Plot.histogram("weight", group.number(), of.edges(), of.counts())));
    }
    model
        .network()
        .layers()
        .get(0)
        .convolution()
        .filter(form -> form.kernel() <= MOST_SIDE && form.input().channels() <= MOST_CHANNELS)
        .ifPresent(form -> drawFilters(group, run, form, firstWeights(model)));
  }

  private static float[] firstWeights(Model model) {
    return model.parameters().layers().get(0).weights();
  }

  /** Weights are [input channel, row, column][channel]. */
  private void drawFilters(RunGroup group, Run run, Convolution form, float[] weights) {
    int shown = Math.min(MOST_FILTERS, form.channels());
    int area = form.kernel() * form.kernel();
    int inputs = form.input().channels();
    int[] channels = new int[shown];
    Arrays.setAll(channels, k -> (int) ((long) k * form.channels() / shown));
    for (int input = 0; input < inputs; input++) {
      List<Object> drawn = new ArrayList<>();
      for (int channel : channels) {
        double[] filter = new double[area];
        for (int tap = 0; tap < area; tap++) {
          filter[tap] = weights[(input * area + tap) * form.channels() + channel];
        }
        drawn.add(Plot.filter("channel " + (channel + 1), filter));
        if (input == 0) {
          addRow(group, run, channel, inputs * area, form.channels(), weights);
        }
      }
      String name = inputs == 1 ? "the input" : "input channel " + (input + 1);
      mosaics.add(Plot.view(List.of(group.label(), name), Plot.filters(form.kernel(), drawn)));
    }
  }

  /** A row of a whole filter, all its input channels. */
  private void addRow(
      RunGroup group, Run run, int channel, int taps, int channels, float[] weights) {
    float[] filter = new float[taps];
    for (int tap = 0; tap < taps; tap++) {
      filter[tap] = weights[tap * channels + channel];
    }
    WeightHistogram of = WeightHistogram.of(filter);
    filters.row(group.label(), run.seed(), channel + 1, of.mean(), of.least(), of.greatest());
  }
}
