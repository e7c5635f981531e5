package org.raphe.rule;

import org.raphe.network.NetworkSpec;

/** Numbers of a hidden layer that never change: one a class and unit. */
@FunctionalInterface
public interface ClassTable {

  /**
   * The table of a layer.
   *
   * @param layer number of the hidden layer, from 0
   * @param seed key of every random number
   * @return K x H, row-major, a row a class
   */
  float[] draw(NetworkSpec network, int layer, long seed);
}
