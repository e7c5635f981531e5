package org.raphe.cli;

import java.time.Instant;
import java.util.TreeMap;
import org.raphe.backend.Backend;
import org.raphe.backend.cpu.CpuModel;
import org.raphe.data.Dataset;
import org.raphe.energy.EnergySum;
import org.raphe.result.BackendUsed;
import org.raphe.result.DataUsed;
import org.raphe.result.EnergyUsed;
import org.raphe.result.Provenance;
import org.raphe.rule.SameBits;

/**
 * What a run stands in, as result.json says it: its id, data, backend, energy and provenance.
 *
 * @param runId id of the run
 * @param measuredOn what accuracy is measured on: {@code test} or {@code validation}
 * @param backendUsed what ran it
 * @param energy what was measured of the run
 * @param started when the run began
 * @param sameBits where it would come to the same bits again
 * @param initial the weights that it began with; null where they were drawn
 */
record RunEnvironment(
    String runId,
    Dataset dataset,
    String measuredOn,
    BackendUsed backendUsed,
    EnergySum energy,
    Instant started,
    SameBits sameBits,
    Provenance.Initial initial) {

  /** Of a run whose weights were drawn, or that has none. */
  RunEnvironment(
      String runId,
      Dataset dataset,
      String measuredOn,
      BackendUsed backendUsed,
      EnergySum energy,
      Instant started,
      SameBits sameBits) {
    this(runId, dataset, measuredOn, backendUsed, energy, started, sameBits, null);
  }

  /** A backend with what it took so far. */
  static BackendUsed used(Backend backend) {
    return new BackendUsed(
        backend.name(),
        backend.device(),
        new TreeMap<>(backend.versions()),
        backend.peakDeviceBytes());
  }

  /** A value of test samples; null where validation samples measure the run. */
  <T> T ofTest(T value) {
    return measuredOn.equals("test") ? value : null;
  }

  /** A value of validation samples; null where test samples measure the run. */
  <T> T ofValidation(T value) {
    return measuredOn.equals("validation") ? value : null;
  }

  DataUsed dataUsed() {
    int measured = dataset.test().size();
    return new DataUsed(
        dataset.name(),
        dataset.train().size(),
        ofTest(measured),
        ofValidation(measured),
        dataset.sha256(),
        dataset.preparation(),
        dataset.classNames().names(),
        null);
  }

  /** Energy that was measured: the total, and each part of the machine by itself. */
  EnergyUsed energyUsed() {
    return new EnergyUsed(
        energy.total().joules(),
        energy.total().source(),
        energy.parts().stream()
            .map(
                part ->
                    new EnergyUsed.Part(
                        part.name(), part.reading().joules(), part.reading().source()))
            .toList());
  }

  Provenance provenance() {
    return new Provenance(
        BuildVersion.version(),
        BuildVersion.commit(),
        Runtime.version() + " " + System.getProperty("java.vendor"),
        String.join(
            " ",
            System.getProperty("os.name"),
            System.getProperty("os.version"),
            System.getProperty("os.arch")),
        CpuModel.name(),
        started.toString(),
        sameBits.toString(),
        initial);
  }
}
