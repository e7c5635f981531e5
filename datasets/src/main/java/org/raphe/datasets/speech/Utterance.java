package org.raphe.datasets.speech;

/**
 * A recording of one spoken digit in a corpus.
 *
 * @param key names it within the corpus whatever the folder and the names' case; utterances are
 *     taken in this order
 * @param source what messages call the file
 * @param speaker who speaks
 * @param kind whose voice it is, or null where the corpus does not tell
 * @param digit 0..9, the class
 * @param test whether the corpus has it for testing
 * @param content its file
 */
record Utterance(
    String key,
    String source,
    String speaker,
    SpeakerKind kind,
    int digit,
    boolean test,
    FileContent content) {}
