/* How a layer is run over: its inputs by chunks, its window by blocks of COLUMNS steps. */
#pragma once

/* The inputs of a chunk, which fit in the room: CHUNKED 0 says that all of them do. */
#if CHUNKED
#define EACH_CHUNK(first, inputs, chunk) for (uint first = 0; first < (inputs); first += (chunk))
#else
#define EACH_CHUNK(first, inputs, chunk) const uint first = 0;
#endif

/* The blocks of COLUMNS steps of a window; written so that a window of one block is no loop. */
#if ONE_BLOCK
#define EACH_BLOCK(step, steps) const uint step = 0;
#else
#define EACH_BLOCK(step, steps) for (uint step = 0; step < (steps); step += COLUMNS)
#endif
