/**
 * What goes to the workers of a cluster and comes back, whatever engine carries it: a task is one
 * run of a sweep, an answer its folder.
 */
package org.raphe.cli.cluster;
