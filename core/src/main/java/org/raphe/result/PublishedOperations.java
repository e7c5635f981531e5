package org.raphe.result;

/**
 * The paper's operations of one epoch in a stream, by back-propagation.
 *
 * @param publishedOperations the count; null where the paper gives none
 * @param publishedOperationsReason why it is null; null where it is not
 */
public record PublishedOperations(Double publishedOperations, String publishedOperationsReason) {}
