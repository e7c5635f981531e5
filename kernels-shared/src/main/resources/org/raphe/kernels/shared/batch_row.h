/*
 * What changes from batch to batch. A row a batch stands in a table in the device's memory, and a launch is
 * told its slot there, so that the launches of several batches can be sent at once.
 */
#pragma once

/* Samples of the batch, where its indices begin, the stream of its spikes, the factor of its errors. */
typedef struct {
  uint size, begin, stream;
  float factor;
} batch_row;
