/* A sample's features: pixels / 255 where samples are bytes, else float32. */
#pragma once

DEVICE float feature(uint pixels, GLOBAL const void *features, ulong at) {
  return pixels ? (float)((GLOBAL const uchar *)features)[at] / 255.0f : ((GLOBAL const float *)features)[at];
}
