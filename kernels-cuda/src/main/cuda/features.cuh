/* A sample's features: pixels / 255 where samples are bytes, else float32. */
#ifndef RAPHE_FEATURES
#define RAPHE_FEATURES

DEVICE float feature(launch_settings settings, const void *features, ulong at) {
  return settings.pixels ? (float)((const uchar *)features)[at] / 255.0f : ((const float *)features)[at];
}

#endif
