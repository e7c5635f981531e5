package org.raphe.backend.cpu;

import org.raphe.network.NetworkSpec;
import org.raphe.rule.AssociativeReadout;
import org.raphe.rule.NacaCompetitive;

/** Columns and the settings of their rule, together. */
public record Competition(
    int column,
    int winners,
    float width,
    float conscience,
    float amnesia,
    AssociativeReadout readout,
    float ridge) {

  /** The rule. */
  public NacaCompetitive rule() {
    return new NacaCompetitive(conscience, amnesia, readout, ridge);
  }

  /** A network with its hidden units in these columns. */
  public NetworkSpec in(NetworkSpec network) {
    return network.withColumns(column, winners, width);
  }
}
