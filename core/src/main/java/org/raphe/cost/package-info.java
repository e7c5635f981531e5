/**
 * What learning and inference cost, counted exactly: operations, memory traffic by design, the
 * published papers' own counts and, from these, an estimate of energy. Formulas stand here for what
 * is not counted. It uses counters of backends, networks and rules.
 */
package org.raphe.cost;
