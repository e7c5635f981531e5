package org.raphe.volatility;

import java.util.List;
import org.raphe.backend.Counters;
import org.raphe.backend.NetworkState;
import org.raphe.tensor.NamedTensors;

/**
 * Where a run over a stream stands: all that it needs to go on to the same bits.
 *
 * @param batches batches that are done
 * @param network the network that hands on its hidden layer's activity
 * @param learning what it counted while its hidden layers learned
 * @param showing what it counted since
 * @param seconds wall time so far
 * @param products multiply-accumulates of each learner so far
 * @param tensors of learners by name, scores, the record of levels, the scaling of activity
 */
public record VolatileState(
    int batches,
    NetworkState network,
    Counters learning,
    Counters showing,
    double seconds,
    List<Long> products,
    NamedTensors tensors) {

  public VolatileState {
    products = List.copyOf(products);
  }
}
