/* How a group's work-items share out draws and lay out what they have listed. */
#pragma once

/* A work-item draws a quad of inputs at all steps of a block: no two touch one word. */
#define COLUMNS_A_DRAW COLUMNS
#define DRAWS_A_QUAD 1
#define JOIN_WORD(word, spikes) *(word) = (spikes)

/* Entries of a list past its last. */
#define LIST_PADDING 0
