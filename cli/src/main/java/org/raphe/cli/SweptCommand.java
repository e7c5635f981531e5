package org.raphe.cli;

import org.raphe.data.Dataset;

/** A command of which a sweep makes runs. */
interface SweptCommand {

  /** Which data set that is. */
  DataOptions data();

  /** The data set, whole, or limited as asked. */
  Dataset load();

  /**
   * Checks that a run can be made, before any is started.
   *
   * @param loaded the data set of {@link #load}
   * @param here whether it is to be made on this machine, whose backend is tried then
   * @throws org.raphe.InputException if it cannot
   */
  void check(Dataset loaded, boolean here);
}
