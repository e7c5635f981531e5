package org.raphe.result;

/**
 * How columns of units compete for a sample and how they are read (rule {@code naca-competitive}).
 *
 * @param column units of a column
 * @param winners columns that answer to a sample
 * @param tuningWidth width of a column's tuning
 * @param conscience weight of how often a column has won before
 * @param amnesia weight of new samples in a column's means
 * @param readout how winners are read: {@code winner} or {@code rls}
 * @param ridge what the read-out's first inverse is divided by; null unless it is {@code rls}
 */
public record ColumnSettings(
    Integer column,
    Integer winners,
    Float tuningWidth,
    Float conscience,
    Float amnesia,
    String readout,
    Float ridge) {}
