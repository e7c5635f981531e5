package org.raphe.baseline;

import java.util.List;
import java.util.Optional;

/** The analytic baselines that Raphe has, by name. A new one is a line here. */
public final class StreamBaselines {
  private static final List<StreamBaseline> ALL =
      List.of(new ClassMean(), new ClassPca(), new RandomFeatures());

  private StreamBaselines() {}

  /** All of them, with their default settings, in the order in which they are shown. */
  public static List<StreamBaseline> all() {
    return ALL;
  }

  /** One with its default settings; empty if there is none of that name. */
  public static Optional<StreamBaseline> named(String name) {
    return ALL.stream().filter(baseline -> baseline.name().equalsIgnoreCase(name)).findFirst();
  }
}
