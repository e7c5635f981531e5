package org.raphe.examples;

import java.util.List;
import org.raphe.backend.Backend;
import org.raphe.backend.cpu.CpuBackend;
import org.raphe.continual.AccuracyMatrix;
import org.raphe.continual.ClassOrder;
import org.raphe.continual.ContinualMetric;
import org.raphe.continual.ExperienceStream;
import org.raphe.data.Dataset;
import org.raphe.datasets.DatasetCatalog;
import org.raphe.datasets.DatasetOptions;
import org.raphe.learning.Optimizer;
import org.raphe.network.Mode;
import org.raphe.network.NetworkSpec;
import org.raphe.network.NetworkText;
import org.raphe.network.NeuronModel;
import org.raphe.rule.Frozen;
import org.raphe.rule.NacaCompetitive;
import org.raphe.training.Trainer;
import org.raphe.training.TrainingListener;
import org.raphe.training.TrainingPlan;

/**
 * Learns MNIST's classes in five experiences of two classes each, one after another, without
 * replay: columns that compete, beside a frozen hidden layer whose read-out alone learns. Row i of
 * the matrix is what is known after experience i.
 */
public final class OwnStream {
  private static final NetworkSpec NETWORK =
      NetworkText.parse("784-400-10", NeuronModel.RATE, Mode.CLASSIFICATION);

  private OwnStream() {}

  public static void main(String[] arguments) {
    Dataset mnist = DatasetCatalog.load("mnist", DatasetOptions.defaults());
    Dataset part = new Dataset("mnist", mnist.train().first(6000), mnist.test().first(2000));
    TrainingPlan frozen =
        TrainingPlan.builder(NETWORK)
            .rule(new Frozen())
            .optimizer(Optimizer.Adam.of(1e-3))
            .epochs(1)
            .build();
    // Columns of 10 units, of which the 5 nearest stay active in a sample.
    TrainingPlan columns =
        TrainingPlan.builder(NETWORK.withColumns(10, 5, 0.1f))
            .rule(new NacaCompetitive())
            .epochs(1)
            .build();
    try (Backend backend = new CpuBackend(2)) {
      learn(frozen, part, backend);
      learn(columns, part, backend);
    }
  }

  private static void learn(TrainingPlan plan, Dataset data, Backend backend) {
    ClassOrder order = ClassOrder.listed("0,1,2,3,4,5,6,7,8,9", data.train().classes());
    ExperienceStream stream = ExperienceStream.of(data, order, 2);
    Dataset scaled = plan.features(data.train()).apply(data);
    AccuracyMatrix matrix =
        new Trainer(plan, scaled, stream, new TrainingListener() {}).run(backend).matrix(stream);
    System.out.printf("%s, accuracy in %%%n", plan.learning().rule().name());
    for (List<Double> row : matrix.rows()) {
      row.forEach(accuracy -> System.out.printf("%7.1f", 100 * accuracy));
      System.out.println();
    }
    for (ContinualMetric metric : ContinualMetric.of(matrix)) {
      System.out.printf("%s %.4f: %s%n", metric.name(), metric.value(), metric.formula());
    }
  }
}
