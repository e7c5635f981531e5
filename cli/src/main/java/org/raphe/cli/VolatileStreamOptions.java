package org.raphe.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.raphe.InputException;
import org.raphe.data.Dataset;
import org.raphe.volatility.StreamSettings;
import picocli.CommandLine.Option;

/** A stream whose labels change their meaning: which samples, when, how, and with which noise. */
final class VolatileStreamOptions {
  @Option(
      names = "--images",
      paramLabel = "FROM-TO",
      description =
          "Training samples to choose from, counted from 1, so that settings and figures can be of different ones. Default: all.")
  String images;

  @Option(
      names = "--samples",
      paramLabel = "N",
      description =
          "Samples of the stream, each shown once. Default: 30000, or as many as there are.")
  Integer samples;

  @Option(
      names = "--first-switch",
      defaultValue = "3000",
      paramLabel = "N",
      description = "Samples before labels first change their meaning. Default: ${DEFAULT-VALUE}.")
  int firstSwitch;

  @Option(
      names = "--between-switches",
      defaultValue = "800-2400",
      paramLabel = "LEAST-MOST",
      description =
          "Samples from one switch to the next, drawn evenly; MOST itself is not. Default: ${DEFAULT-VALUE}.")
  String between;

  @Option(
      names = "--returning",
      defaultValue = "0.5",
      paramLabel = "P",
      description =
          "Probability that a switch brings back an older meaning. Default: ${DEFAULT-VALUE}.")
  double returning;

  @Option(
      names = "--moved",
      paramLabel = "N,N",
      description =
          "How many classes a new meaning moves; each count is equally likely. Default: half of them, all of them.")
  String moved;

  @Option(
      names = "--noise",
      defaultValue = "0.4,0.8",
      paramLabel = "P,P|none",
      description =
          "Shares of labels that a noisy block replaces; each is equally likely. Default: ${DEFAULT-VALUE}.")
  String noise;

  @Option(
      names = "--first-noise",
      defaultValue = "1500",
      paramLabel = "N",
      description =
          "Samples before the first noisy block; noisy and clean ones alternate. Default: ${DEFAULT-VALUE}.")
  int firstNoise;

  @Option(
      names = "--noise-lengths",
      defaultValue = "600-2400",
      paramLabel = "LEAST-MOST",
      description =
          "Samples of a block, drawn evenly; MOST itself is not. Default: ${DEFAULT-VALUE}.")
  String noiseLengths;

  @Option(
      names = "--plastic-samples",
      defaultValue = "3000",
      paramLabel = "N",
      description =
          "Samples by which hidden layers learn before their plasticity gate closes. Default: ${DEFAULT-VALUE}.")
  int plasticSamples;

  private static final int SAMPLES = 30_000;

  /** The numbers of the samples to choose from: the first, counted from 0, and how many. */
  int[] range(Dataset dataset) {
    int all = dataset.train().size();
    if (images == null) {
      return new int[] {0, all};
    }
    int[] ends = pair("--images", images);
    if (ends[0] < 1 || ends[1] < ends[0] || ends[1] > all) {
      throw new InputException(
          "--images "
              + images
              + " are not among the training samples of "
              + dataset.name()
              + ", which are 1-"
              + all);
    }
    return new int[] {ends[0] - 1, ends[1] - ends[0] + 1};
  }

  /** What the stream is drawn from. */
  StreamSettings settings(int available, int classes, int batch, long seed) {
    int[] lengths = pair("--between-switches", between);
    int[] blocks = pair("--noise-lengths", noiseLengths);
    List<Integer> counts =
        moved == null
            ? StreamSettings.standard(classes, seed).moved()
            : list("--moved", moved, Integer::valueOf);
    return new StreamSettings(
        samples == null ? Math.min(SAMPLES, available) : samples,
        batch,
        firstSwitch,
        lengths[0],
        lengths[1],
        returning,
        counts,
        firstNoise,
        blocks[0],
        blocks[1],
        noise.equalsIgnoreCase("none") ? List.of() : list("--noise", noise, Double::valueOf),
        seed);
  }

  private static int[] pair(String option, String text) {
    List<Integer> numbers = list(option, text.replace('-', ','), Integer::valueOf);
    if (numbers.size() != 2) {
      throw new InputException(option + " \"" + text + "\" is not of the form LEAST-MOST");
    }
    return new int[] {numbers.get(0), numbers.get(1)};
  }

  /** Numbers separated by commas. */
  static <N> List<N> list(String option, String text, Function<String, N> read) {
    List<N> numbers = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      try {
        numbers.add(read.apply(part.strip()));
      } catch (NumberFormatException e) {
        throw new InputException(
            option + " \"" + text + "\" holds \"" + part + "\", which is no such number", e);
      }
    }
    return numbers;
  }

  /** What result.json says of it. */
  Map<String, String> said(StreamSettings settings) {
    Map<String, String> said = new LinkedHashMap<>();
    said.put("images", images == null ? "all" : images);
    said.put("samples", Integer.toString(settings.samples()));
    said.put("first_switch", Integer.toString(firstSwitch));
    said.put("between_switches", between);
    said.put("returning", Double.toString(returning));
    said.put("moved", settings.moved().toString());
    said.put("noise", noise);
    said.put("first_noise", Integer.toString(firstNoise));
    said.put("noise_lengths", noiseLengths);
    return said;
  }
}
