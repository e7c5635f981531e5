/* A sum over a group. */
#pragma once

/*
 * Sums a number of every work-item; the first one gets the sum. `scratch` holds one number a work-item;
 * barriers stand within.
 */
DEVICE ulong group_sum(ulong number, LOCAL ulong *scratch) {
  const uint item = ITEM;
  scratch[item] = number;
  BARRIER();
  for (uint reach = GROUP / 2; reach > 0; reach /= 2) {
    if (item < reach) {
      scratch[item] += scratch[item + reach];
    }
    BARRIER();
  }
  return scratch[0];
}
