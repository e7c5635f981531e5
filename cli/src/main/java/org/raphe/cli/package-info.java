/**
 * The command line: one class a command, options that become plans, run folders, result.json, and
 * what is printed. It uses every other module but the tensor engine and the benchmarks, which join
 * it as services ({@link org.raphe.cli.TrainingEngine}, {@link org.raphe.cli.BenchEngine}).
 */
package org.raphe.cli;
