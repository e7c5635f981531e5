package org.raphe.cli;

import org.raphe.continual.ClassOrder;
import org.raphe.continual.ExperienceStream;
import org.raphe.continual.Protocol;
import org.raphe.data.Dataset;
import picocli.CommandLine.Option;

/** Which experiences are learned in which order, how they are tested, and what that is beside. */
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
      paramLabel = "naive|joint|frozen",
      description =
          "naive: the rule as it is, experience by experience; joint: all classes at once, the upper bound; frozen: the read-out alone learns. Default: ${DEFAULT-VALUE}.")
  String baseline;

  Baseline baseline() {
    return OptionValue.of("--baseline", Baseline.class, baseline);
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
        order.equals("seed") ? ClassOrder.drawn(classes, seed) : ClassOrder.listed(order, classes);
    ExperienceStream stream = ExperienceStream.of(dataset, chosen, classesPerExperience);
    return baseline() == Baseline.JOINT ? stream.joint(dataset) : stream;
  }
}
