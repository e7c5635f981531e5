package org.raphe.datasets;

import java.nio.file.Path;
import org.raphe.data.Dataset;

/**
 * Run by tests in a process of its own: loads MNIST into the cache folder given and prints its sum.
 */
final class LoadMnist {
  private LoadMnist() {}

  public static void main(String[] arguments) {
    var options = new DatasetOptions(null, false, Path.of(arguments[0]));
    try {
      Dataset mnist = DatasetCatalog.load("mnist", options);
      System.out.println("sha256 " + mnist.sha256());
      System.out.println("offline " + System.getProperty("ai.djl.offline"));
      System.out.println("opt-out " + System.getProperty("OPT_OUT_TRACKING"));
    } catch (RuntimeException e) {
      System.out.println(e.getClass().getSimpleName() + ": " + e.getMessage());
    }
  }
}
