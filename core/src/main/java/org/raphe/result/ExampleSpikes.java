package org.raphe.result;

import java.util.List;

/**
 * The spikes of a spiking network at the end of a run while it is shown the first of the samples
 * that measured it.
 *
 * @param label its class
 * @param predicted the class that it is taken for
 * @param steps time steps it is shown for
 * @param layers first hidden layer first, the read-out last
 */
public record ExampleSpikes(
    Integer label, Integer predicted, Integer steps, List<LayerSpikes> layers) {

  /**
   * Some units of a layer.
   *
   * @param units how many it has
   * @param spikes of all of them, over all steps
   * @param shown numbers, from 0, of the units whose trains follow: all, or some at equal distances
   * @param trains a text a unit, a character a step from the first: 1 where it spikes, else 0
   */
  public record LayerSpikes(Integer units, Long spikes, List<Integer> shown, List<String> trains) {}
}
