package org.raphe.cli;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Options that help shows together, in the order of the groups. */
enum OptionGroup {
  OWN("Options"),
  DATA("Data"),
  NETWORK("Network"),
  RULE("Learning rule"),
  MODULATION("Neuromodulators"),
  DESCENT("Optimizer and read-out"),
  COURSE("Course of training"),
  STREAM("Stream of experiences"),
  BACKEND("Backend"),
  CLUSTER("Cluster"),
  RUN("Run and its folder"),
  GENERAL("General");

  private final String heading;

  OptionGroup(String heading) {
    this.heading = heading;
  }

  String heading() {
    return heading;
  }

  /** The group of the options that a class declares; without it they are the command's own. */
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.TYPE)
  @interface Of {
    /** The group. */
    OptionGroup value();
  }
}
