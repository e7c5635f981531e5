package org.raphe.datasets.speech;

/**
 * A file of a corpus, on a disk or in an archive.
 *
 * @param below its path below the corpus's folder, with {@code /} between names
 * @param source what messages call it
 * @param content its bytes
 */
record CorpusFile(String below, String source, FileContent content) {}
