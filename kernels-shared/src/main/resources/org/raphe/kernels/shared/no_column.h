/* What stands for a column where there is none: what won a sample whose scores are all NaN. It is no index of anything. */
#ifndef RAPHE_NO_COLUMN
#define RAPHE_NO_COLUMN

#define NO_COLUMN 0xFFFFFFFFu

#endif
