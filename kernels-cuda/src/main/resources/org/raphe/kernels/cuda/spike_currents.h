/* How a block's threads share out draws, and how a thread adds listed spikes to its currents. */
#pragma once

/* A thread draws a quad of inputs at LANES steps; several may join their spikes in one word. */
#define COLUMNS_A_DRAW LANES
#define DRAWS_A_QUAD (COLUMNS / LANES)
#define JOIN_WORD(word, spikes) if ((spikes) != 0) atomicOr(word, spikes)

/* Inputs whose weights are loaded ahead, while those before them are used. */
#define AHEAD 8
/* A list is read in whole runs of AHEAD, and the weights of one more run are loaded. */
#define LIST_PADDING (2 * AHEAD)
