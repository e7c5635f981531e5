/** Sweeps on Apache Spark: a run is a task, made in the process of the executor that takes it. */
package org.raphe.spark;
