package org.raphe.agent;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.raphe.InputException;
import org.raphe.tensor.NamedTensors;
import org.raphe.tensor.Tensor;

/**
 * Weights and state of many learners as arrays of the host.
 *
 * @param weights {@code [learner][input][stride]}, padding 0
 * @param state {@code [learner][number]}
 */
public record LearnerArrays(float[] weights, float[] state) {
  private static final String WEIGHTS = "weights";
  private static final String STATE = "state";

  /**
   * Refuses more learners than an array, or the memory that is given, holds.
   *
   * @param bytes memory there is
   * @throws InputException with how many there may be
   */
  public static void check(LearnerConstants constants, int learners, long bytes) {
    if (learners < 1) {
      throw new InputException("a study needs at least 1 learner, not " + learners);
    }
    long each = constants.weightsOfLearner() + LearnerState.SIZE;
    long most = Math.min(Integer.MAX_VALUE / each, bytes / (Float.BYTES * each));
    if (learners > most) {
      throw new InputException(
          learners
              + " learners of "
              + each
              + " numbers each do not fit into "
              + (bytes >> 20)
              + " MiB; choose at most "
              + most
              + ", or give more memory");
    }
  }

  /** Learners before their first trial: weights drawn, nothing expected. */
  public static LearnerArrays begin(LearnerConstants constants, int learners, long seed) {
    LearnerArrays arrays =
        new LearnerArrays(
            new float[learners * constants.weightsOfLearner()],
            new float[learners * LearnerState.SIZE]);
    for (int learner = 0; learner < learners; learner++) {
      ActorCritic.drawWeights(
          constants, seed, learner, arrays.weights, learner * constants.weightsOfLearner());
      LearnerState.begin(arrays.state, learner * LearnerState.SIZE);
    }
    return arrays;
  }

  /** As tensors, without padding. */
  public NamedTensors tensors(LearnerConstants constants) {
    int learners = state.length / LearnerState.SIZE;
    float[] dense = new float[learners * constants.inputs * constants.units];
    for (int row = 0; row < learners * constants.inputs; row++) {
      System.arraycopy(
          weights, row * constants.stride, dense, row * constants.units, constants.units);
    }
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put(WEIGHTS, new Tensor(List.of(learners, constants.inputs, constants.units), dense));
    tensors.put(STATE, new Tensor(List.of(learners, LearnerState.SIZE), state.clone()));
    return new NamedTensors(tensors);
  }

  /** Takes over what {@link #tensors} gave. */
  public void restore(LearnerConstants constants, NamedTensors tensors) {
    float[] dense = tensors.values(WEIGHTS);
    for (int row = 0; row < dense.length / constants.units; row++) {
      System.arraycopy(
          dense, row * constants.units, weights, row * constants.stride, constants.units);
    }
    System.arraycopy(tensors.values(STATE), 0, state, 0, state.length);
  }
}
