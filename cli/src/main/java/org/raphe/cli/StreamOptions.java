package org.raphe.cli;

import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;
import org.raphe.KnownNames;
import org.raphe.baseline.StreamBaseline;
import org.raphe.baseline.StreamBaselines;
import org.raphe.continual.ClassOrder;
import org.raphe.continual.ExperienceStream;
import org.raphe.continual.Protocol;
import org.raphe.data.Dataset;
import picocli.CommandLine.Option;

/** Which experiences are learned in which order, how they are tested, and what that is beside. */
@OptionGroup.Of(OptionGroup.STREAM)
final class StreamOptions {
  /** What a run is compared with. */
  enum Baseline {
    NAIVE,
    JOINT,
    FROZEN
  }

  @Option(
      names = "--classes-per-experience",
      defaultValue = "1",
      paramLabel = "N",
      description = "Classes of an experience. Default: ${DEFAULT-VALUE}.")
  int classesPerExperience;

  @Option(
      names = "--order",
      defaultValue = "seed",
      paramLabel = "seed|LIST",
      description =
          "Order of the classes: drawn from the seed, or a list such as 3,1,0,2 that names every class once. Default: ${DEFAULT-VALUE}.")
  String order;

  @Option(
      names = "--protocol",
      defaultValue = "strict",
      paramLabel = "strict|published",
      description =
          "How test samples are batched: one at a time, or as published in batches of one class each, whose mean tells a gated network the class. Default: ${DEFAULT-VALUE}.")
  String protocol;

  @Option(
      names = "--baseline",
      defaultValue = "naive",
      paramLabel = "NAME",
      completionCandidates = Names.class,
      description =
          "${COMPLETION-CANDIDATES}. naive: the rule as it is, experience by experience; joint: all classes at once, the upper bound; frozen: the read-out alone learns. The others are analytic and take the place of a rule: they see each sample once and run on the CPU. Default: ${DEFAULT-VALUE}.")
  String baseline;

  /** Names of baselines, for help and completion. */
  static final class Names extends ArrayList<String> {
    private static final long serialVersionUID = 1;

    Names() {
      for (Baseline ofRule : Baseline.values()) {
        add(ofRule.name().toLowerCase(Locale.ROOT));
      }
      StreamBaselines.all().forEach(analytic -> add(analytic.name()));
    }
  }

  /** The analytic baseline that is asked for, with its default settings; empty if none is. */
  Optional<StreamBaseline> analytic() {
    return StreamBaselines.named(baseline);
  }

  /** The baseline of a rule. */
  Baseline baseline() {
    return Baseline.valueOf(
        KnownNames.chosen("--baseline", baseline, new Names()).toUpperCase(Locale.ROOT));
  }

  Protocol protocol() {
    return OptionValue.of("--protocol", Protocol.class, protocol);
  }

  /**
   * The stream of a data set.
   *
   * @param seed what an order that is not listed is drawn from
   */
  ExperienceStream of(Dataset dataset, long seed) {
    int classes = dataset.train().classes();
    ClassOrder chosen =
        order.equalsIgnoreCase("seed")
            ? ClassOrder.drawn(classes, seed)
            : ClassOrder.listed(order, classes);
    ExperienceStream stream = ExperienceStream.of(dataset, chosen, classesPerExperience);
    return analytic().isEmpty() && baseline() == Baseline.JOINT ? stream.joint(dataset) : stream;
  }
}
