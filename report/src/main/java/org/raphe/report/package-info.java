/**
 * One page about many runs: accuracy beside its cost, with the table behind each plot. Runs are
 * read from their folders, which are not trusted.
 */
package org.raphe.report;
