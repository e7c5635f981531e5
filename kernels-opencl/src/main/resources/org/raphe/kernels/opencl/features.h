/* A sample's features: pixels / 255 where samples are bytes (PIXELS 1), else float32. */
#ifndef RAPHE_FEATURES
#define RAPHE_FEATURES

#if PIXELS
typedef uchar stored_feature;
DEVICE float feature(__global const stored_feature *features, ulong at) { return (float)features[at] / 255.0f; }
#else
typedef float stored_feature;
DEVICE float feature(__global const stored_feature *features, ulong at) { return features[at]; }
#endif

#endif
