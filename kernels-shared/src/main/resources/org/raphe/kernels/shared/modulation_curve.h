/*
 * The nonlinear modulation f(n) of a synapse by a neuromodulator level n (ALGORITHM section 3;
 * docs/NUMERICS.md, section 7): from 1 over theta_max back to 1, through 0 at n = lambda, to -1 over
 * -theta_max and back.
 *
 * Source: Zhang et al., Science Advances 9(34), eadi2947, 2023.
 */
#pragma once

DEVICE float modulation(float level, float lambda, float theta_max) {
  const float square = lambda * lambda;
  const float excess = theta_max - 1.0f;
  if (level <= 0.5f * lambda) {
    const float a = 4.0f * level - lambda;
    return theta_max - (excess * (a * a)) / square;
  }
  if (level <= lambda) {
    const float a = level - lambda;
    return (4.0f * (a * a)) / square;
  }
  if (level <= 1.5f * lambda) {
    const float a = lambda - level;
    return (-4.0f * (a * a)) / square;
  }
  const float a = 4.0f * (2.0f * lambda - level) - lambda;
  return (excess * (a * a)) / square - theta_max;
}
