package org.raphe.result;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.List;

/**
 * How far synapses moved, experience by experience.
 *
 * @param relativeChange formula of the change of a synapse
 * @param bins which edges a bin lies between
 * @param edges edges of the bins, relative changes; null where each layer has its own
 * @param experiences one entry an experience that was learned
 */
public record WeightChangeResult(
    String relativeChange, String bins, List<Double> edges, List<ExperienceChange> experiences) {

  @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
  public WeightChangeResult {}

  /** An array of experiences alone, whose layers bring their own bins. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static WeightChangeResult of(List<ExperienceChange> experiences) {
    return new WeightChangeResult(null, null, null, experiences);
  }

  /**
   * One experience.
   *
   * @param experience its number, from 1
   * @param layers one entry a layer, first layer first
   */
  public record ExperienceChange(Integer experience, List<LayerChange> layers) {}
}
