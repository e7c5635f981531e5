package org.raphe.cli;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceLoader;
import org.raphe.KnownNames;
import org.raphe.cli.cluster.SweepCluster;

/** A module that the launcher builds once it is asked for, and that archives leave out. */
enum OptionalModule {
  /** What bp, cbp, bptt, ewc and hybrid run on. */
  TENSOR_ENGINE("tensor-engine", TrainingEngine.class),
  /** What {@code raphe bench} compares with; it brings the tensor engine along. */
  BENCHMARKS("benchmarks", BenchEngine.class),
  /** What {@code raphe sweep --cluster} reaches an Apache Spark cluster by. */
  SPARK("spark", SweepCluster.class);

  /** Where Raphe was started from, as the launcher says: {@code sources} or {@code archive}. */
  static final String STARTED_FROM = "raphe.started.from";

  private final String name;
  private final Class<?> service;

  /**
   * @param name of the module's folder
   * @param service what it provides
   */
  OptionalModule(String name, Class<?> service) {
    this.name = name;
    this.service = service;
  }

  /** What a shell offers. */
  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(values()).map(OptionalModule::toString).iterator();
    }
  }

  /**
   * The module of that name.
   *
   * @throws org.raphe.InputException if there is none
   */
  static OptionalModule named(String name) {
    List<String> names = Arrays.stream(values()).map(OptionalModule::toString).toList();
    return values()[names.indexOf(KnownNames.chosen("module", name, names))];
  }

  /** Whether it is on the class path. */
  boolean isPresent() {
    return ServiceLoader.load(service).stream().findAny().isPresent();
  }

  /** Why it is absent and what to do, as the end of a sentence about it. */
  String absence() {
    return absence(System.getProperty(STARTED_FROM, ""));
  }

  /**
   * Why it is absent and what to do.
   *
   * @param startedFrom {@code sources}, {@code archive}, or anything else without the launcher
   */
  String absence(String startedFrom) {
    return switch (startedFrom) {
      case "sources" -> "is not built; build it once with ./raphe build " + name;
      case "archive" ->
          "archives leave out; get Raphe's sources and build it there with ./raphe build " + name;
      default -> "is not on the class path; put the module raphe-" + name + " there";
    };
  }

  /** The name users type. */
  @Override
  public String toString() {
    return name;
  }
}
