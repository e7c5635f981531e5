package org.raphe.cli.verify;

import java.util.LinkedHashMap;
import java.util.Map;
import org.raphe.backend.Backend;
import org.raphe.backend.device.DeviceBackend;
import org.raphe.network.NeuronModel;

/**
 * Device memory stays the same over many batches, and all of it is given back: by our own count
 * and, where the driver reports one, by its count of free memory.
 */
final class MemoryCheck implements Check {
  private static final int BATCH = 32;
  private static final int LOOK = 32;

  @Override
  public String name() {
    return "memory";
  }

  /**
   * What is held at one time.
   *
   * @param resources native resources
   * @param bytes device memory that we hold
   * @param free the driver's count of free memory; null if it reports none
   */
  private record Held(long resources, long bytes, Long free) {

    static Held by(DeviceBackend backend) {
      return new Held(backend.resources().held(), backend.resources().bytes(), backend.freeBytes());
    }

    private boolean sameCount(Held other) {
      return resources == other.resources && bytes == other.bytes;
    }
  }

  @Override
  public Finding run(Task task) {
    int batches = task.scope().memoryBatches();
    try (Backend opened = task.open()) {
      DeviceBackend backend = (DeviceBackend) opened;
      long before = backend.resources().bytes();
      Held first;
      Held last;
      boolean constant = true;
      try (NetworkRun run =
          new NetworkRun(
              backend, task.scope().network(), NeuronModel.LIF, BATCH, task.mnist().train())) {
        train(run, LOOK); // Enough for all that is made but once, such as recorded launches.
        first = Held.by(backend);
        for (int done = 0; done < batches; done += LOOK) {
          train(run, Math.min(LOOK, batches - done));
          constant &= first.sameCount(Held.by(backend));
        }
        last = Held.by(backend);
      }
      return finding(batches, constant, first, last, backend.resources().bytes() - before);
    }
  }

  private static void train(NetworkRun run, int batches) {
    for (int done = 0; done < batches; done++) {
      run.train();
    }
    run.test();
    run.finish();
  }

  private static Finding finding(int batches, boolean constant, Held first, Held last, long left) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("batches", batches);
    figures.put("held_bytes_first", first.bytes());
    figures.put("held_bytes_last", last.bytes());
    figures.put("held_resources_first", first.resources());
    figures.put("held_resources_last", last.resources());
    figures.put("free_bytes_first", first.free());
    figures.put("free_bytes_last", last.free());
    figures.put("bytes_not_given_back", left);
    boolean freeKept = first.free() == null || last.free() >= first.free();
    boolean passed = constant && left == 0 && freeKept;
    return Finding.of(passed, words(batches, constant, first, last, left), figures);
  }

  private static String words(int batches, boolean constant, Held first, Held last, long left) {
    String fewer =
        batches < Scope.FULL_MEMORY ? " (fewer than " + Scope.FULL_MEMORY + ", as asked)" : "";
    String held =
        constant
            ? first.bytes() + " bytes held throughout"
            : first.bytes() + " bytes held at first, then " + last.bytes();
    String free =
        first.free() == null
            ? "the driver does not tell what is free"
            : "free by the driver's count " + first.free() + " before, " + last.free() + " after";
    String back = left == 0 ? "all given back" : left + " bytes not given back";
    return batches + " batches" + fewer + ": " + held + ", " + back + "; " + free;
  }
}
