/* What stands for a column where there is none: what won a sample whose scores are all NaN. It is no index. */
#pragma once

#define NO_COLUMN 0xFFFFFFFFu
