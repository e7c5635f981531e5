/**
 * Reinforcement learners: environments, and spiking actor-critics whose dopamine is a prediction
 * error and whose noradrenaline is released by unexpected change. Thousands of independent learners
 * run side by side. Task, roles and measures: Mei et al., arXiv 2501.06762 (2025), which gives no
 * numbers; the model's are Raphe's own (docs/GONOGO.md, docs/NUMERICS.md, section 21).
 */
package org.raphe.agent;
