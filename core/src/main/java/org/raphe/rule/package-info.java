/**
 * How hidden layers learn: one record a rule, with its own settings, checks and costs. A rule says
 * what signal reaches a unit ({@link org.raphe.rule.Signal}) and along which trace it is credited
 * ({@link org.raphe.rule.Trace}); backends implement signals and traces, and never ask which rule
 * it is.
 */
package org.raphe.rule;
