package org.raphe.datasets;

/**
 * What the catalogue says of one data set.
 *
 * @param name what {@link DatasetCatalog#load} takes
 * @param description one line
 * @param licence licence of the data
 * @param availability whether it can be loaded at once, and if not what it needs
 * @param location where it lies, or where to get it
 * @param bytes size of its files, uncompressed; null where it is not known
 */
public record DatasetEntry(
    String name,
    String description,
    String licence,
    Availability availability,
    String location,
    Long bytes) {

  /** What it takes to load a data set. */
  public enum Availability {
    /** Comes with Raphe; unpacked on first use. */
    BUNDLED,
    /** Unpacked or downloaded before. */
    CACHED,
    /** The user must name a folder of its files. */
    NEEDS_FOLDER,
    /** The user must name a folder of its files or allow a download. */
    NEEDS_FOLDER_OR_DOWNLOAD
  }
}
