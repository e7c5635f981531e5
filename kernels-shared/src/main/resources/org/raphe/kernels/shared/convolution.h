/* A convolution's sizes, and where its sites, inputs and pools stand (docs/NUMERICS.md, section 19). */
#pragma once

/* Of input and map: places and channels; of the kernel its side. */
typedef struct {
  uint input_rows, input_columns, input_channels;
  uint side, stride, padding;
  uint map_rows, map_columns, channels;
  uint pooled;
} convolution;

/* Where the window of a site outside the map begins: none of its inputs is inside. */
#define NOWHERE -0x40000000

/* No number of an input or an average. */
#define NONE 0xFFFFFFFFu

typedef struct {
  uint row, column;
  bool inside;
} map_site;

/* An input of a window: its channel, and the row and column of the kernel. */
typedef struct {
  uint channel, row, column;
} window_tap;

/*
 * Site `number` as launches run over them: of a pooled map the four sites of a pool follow one another, of an
 * odd number of rows or columns too, where some are outside.
 */
DEVICE map_site site_of(convolution shape, uint number) {
  map_site site;
  if (shape.pooled) {
    const uint across = (shape.map_columns + 1) / 2;
    site.row = number / 4 / across * 2 + number % 4 / 2;
    site.column = number / 4 % across * 2 + number % 2;
  } else {
    site.row = number / shape.map_columns;
    site.column = number % shape.map_columns;
  }
  site.inside = site.row < shape.map_rows && site.column < shape.map_columns;
  return site;
}

/* The number of a site in its map. */
DEVICE uint site_number(convolution shape, map_site site) { return site.row * shape.map_columns + site.column; }

/* The row and column of a site's first tap in the input. */
DEVICE void place_window(convolution shape, map_site site, LOCAL int *origin) {
  origin[0] = site.inside ? (int)(site.row * shape.stride) - (int)shape.padding : NOWHERE;
  origin[1] = (int)(site.column * shape.stride) - (int)shape.padding;
}

/* Input `number` of a window. */
DEVICE window_tap tap_of(convolution shape, uint number) {
  window_tap tap;
  tap.column = number % shape.side;
  tap.row = number / shape.side % shape.side;
  tap.channel = number / (shape.side * shape.side);
  return tap;
}

/* The number in the input of a tap of the window that begins at `row` and `column`; NONE outside. */
DEVICE uint input_of(convolution shape, int row, int column, window_tap tap) {
  const uint input_row = (uint)(row + (int)tap.row);
  const uint input_column = (uint)(column + (int)tap.column);
  return input_row < shape.input_rows && input_column < shape.input_columns
             ? (input_row * shape.input_columns + input_column) * shape.input_channels + tap.channel
             : NONE;
}

/* The number of channel 0 of the average that a site goes into; NONE if it goes into none. */
DEVICE uint pool_of(convolution shape, uint row, uint column) {
  const uint across = shape.map_columns / 2;
  return row / 2 < shape.map_rows / 2 && column / 2 < across ? (row / 2 * across + column / 2) * shape.channels : NONE;
}

/* Channels of a work-item that exist, from `first` on: at most LANES. */
DEVICE uint own_channels(convolution shape, uint first) {
  return first < shape.channels ? min(shape.channels - first, (uint)LANES) : 0;
}
