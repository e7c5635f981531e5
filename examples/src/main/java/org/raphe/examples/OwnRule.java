package org.raphe.examples;

import java.util.OptionalInt;
import org.raphe.backend.Backend;
import org.raphe.backend.cpu.CpuBackend;
import org.raphe.backend.opencl.OpenClBackend;
import org.raphe.data.Dataset;
import org.raphe.datasets.DatasetCatalog;
import org.raphe.datasets.DatasetOptions;
import org.raphe.learning.Optimizer;
import org.raphe.rule.Frozen;
import org.raphe.rule.Rule;
import org.raphe.training.Trainer;
import org.raphe.training.TrainingPlan;
import org.raphe.training.TrainingState;

/**
 * Trains with {@link SignedTargets}, beside a frozen hidden layer, on a part of MNIST; then on an
 * OpenCL device, where there is one, to the same weights. No backend knows the rule.
 */
public final class OwnRule {
  private OwnRule() {}

  public static void main(String[] arguments) {
    Dataset mnist = DatasetCatalog.load("mnist", DatasetOptions.defaults());
    Dataset part = new Dataset("mnist", mnist.train().first(3000), mnist.test().first(1000));
    try (Backend cpu = new CpuBackend(2)) {
      train(new Frozen(), part, cpu);
      train(new SignedTargets(), part, cpu);
    }
    OptionalInt device = usableDevice();
    if (device.isEmpty()) {
      System.out.println("no OpenCL device can be used here");
      return;
    }
    try (Backend openCl = new OpenClBackend(device.getAsInt())) {
      train(new SignedTargets(), part, openCl);
    }
  }

  private static void train(Rule rule, Dataset data, Backend backend) {
    TrainingPlan plan =
        TrainingPlan.builder("784-100-10")
            .rule(rule)
            .optimizer(Optimizer.Adam.of(1e-3))
            .epochs(2)
            .build();
    TrainingState end = new Trainer(plan, data).run(backend);
    System.out.printf(
        "%s on %s: test accuracy %.4f, weights %s%n",
        rule.name(), backend.name(), end.testAccuracy(), end.parameters().sha256());
  }

  private static OptionalInt usableDevice() {
    return OpenClBackend.devices().stream()
        .filter(device -> device.availability().available())
        .mapToInt(OpenClBackend.Listed::number)
        .findFirst();
  }
}
