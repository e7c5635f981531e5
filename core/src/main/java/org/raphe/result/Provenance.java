package org.raphe.result;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What made a run, and on what.
 *
 * @param version Raphe's; null where the build did not record it
 * @param gitCommit the commit, with {@code -dirty} if it had uncommitted changes; null likewise
 * @param java version and vendor
 * @param os name, version and architecture
 * @param cpu the processor's name
 * @param started instant, in UTC
 * @param sameBits where the same command at the same commit gives the same weights, bit for bit, in
 *     words; null, and no key, in older files
 * @param initialWeights what the run began with; null, and no key, where weights were drawn
 */
public record Provenance(
    String version,
    String gitCommit,
    String java,
    String os,
    String cpu,
    String started,
    @JsonInclude(JsonInclude.Include.NON_NULL) String sameBits,
    @JsonInclude(JsonInclude.Include.NON_NULL) Initial initialWeights) {

  /**
   * Weights of another run, which a run began with.
   *
   * @param model the run folder or file that was named
   * @param weightsSha256 digest of its parameters, in hexadecimal digits
   */
  public record Initial(String model, String weightsSha256) {}
}
