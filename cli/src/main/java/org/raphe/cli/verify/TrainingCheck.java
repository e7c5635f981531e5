package org.raphe.cli.verify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.raphe.backend.Backend;
import org.raphe.data.Dataset;
import org.raphe.network.NeuronModel;
import org.raphe.training.Trainer;
import org.raphe.training.TrainingPlan;

/** A short training of spiking and of rate units ends with the CPU backend's weights. */
final class TrainingCheck implements Check {
  private static final int BATCH = 32;
  private static final int TESTED = 1000;
  private static final int SHOWN = 16;

  @Override
  public String name() {
    return "training";
  }

  @Override
  public Finding run(Task task) {
    Map<String, Object> figures = new LinkedHashMap<>();
    List<String> said = new ArrayList<>();
    boolean same = true;
    try (Backend verified = task.open();
        Backend reference = Task.referenceFor(verified)) {
      for (NeuronModel neuron : NeuronModel.values()) {
        String expected = digest(reference, task, neuron);
        String found = digest(verified, task, neuron);
        figures.put(neuron + " reference", expected);
        figures.put(neuron.toString(), found);
        same &= found.equals(expected);
        said.add(neuron + " " + words(found, expected));
      }
    }
    String what = task.scope().network() + ", " + task.scope().trainSamples() + " samples: ";
    return Finding.of(same, what + String.join("; ", said), figures);
  }

  private static String words(String found, String expected) {
    String short1 = found.substring(0, SHOWN);
    return found.equals(expected)
        ? short1
        : short1 + " in place of " + expected.substring(0, SHOWN);
  }

  private static String digest(Backend backend, Task task, NeuronModel neuron) {
    TrainingPlan plan = NetworkRun.plan(task.scope().network(), neuron, BATCH);
    Dataset part =
        new Dataset(
            task.mnist().name(),
            task.mnist().train().first(task.scope().trainSamples()),
            task.mnist().test().first(Math.min(TESTED, task.scope().trainSamples())));
    return new Trainer(plan, part).run(backend).parameters().sha256();
  }
}
