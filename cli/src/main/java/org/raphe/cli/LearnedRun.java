package org.raphe.cli;

import java.time.Instant;
import org.raphe.backend.Backend;
import org.raphe.continual.Confusion;
import org.raphe.continual.ExperienceStream;
import org.raphe.data.Dataset;
import org.raphe.data.FeatureScaling;
import org.raphe.energy.EnergySum;
import org.raphe.model.Model;
import org.raphe.model.ModelProvenance;
import org.raphe.result.ExampleSpikes;
import org.raphe.result.Provenance;
import org.raphe.training.TrainingPlan;
import org.raphe.training.TrainingState;

/**
 * A run that has come to its end, for what is written and printed of it.
 *
 * @param features what was done to features
 * @param end where it ended
 * @param confusion which class its network takes for which at the end
 * @param folder its run folder
 * @param energy what it used
 * @param started when it, or its last part, began
 * @param initial the weights that it began with; null where they were drawn
 */
record LearnedRun(
    TrainingPlan plan,
    Dataset dataset,
    ExperienceStream stream,
    FeatureScaling features,
    Backend backend,
    TrainingState end,
    Confusion confusion,
    RunFolder folder,
    EnergySum energy,
    Instant started,
    Provenance.Initial initial) {

  /** The network that it ended with. */
  Model model() {
    return Model.of(plan, features, end.parameters())
        .withData(dataset.classNames(), dataset.preparation())
        .withRunId(folder.runId());
  }

  /** The same, with what it comes from, for its file. */
  Model modelToWrite() {
    ModelProvenance drawn = ModelProvenance.of(plan, dataset);
    return model()
        .withProvenance(initial == null ? drawn : drawn.begunWith(initial.weightsSha256()));
  }

  /** Spikes of one of the samples that measured it; null of rate units. */
  ExampleSpikes exampleSpikes() {
    return ExampleSpikesEntry.of(model(), dataset.test());
  }

  /**
   * What it ran in.
   *
   * @param measuredOn what accuracy was measured on
   */
  RunEnvironment environment(String measuredOn) {
    return new RunEnvironment(
        folder.runId(),
        dataset,
        measuredOn,
        RunEnvironment.used(backend),
        energy,
        started,
        plan.learning().rule().sameBits(),
        initial);
  }
}
