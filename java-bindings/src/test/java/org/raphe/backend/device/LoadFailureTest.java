package org.raphe.backend.device;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of the bindings' thirty lines one says what is amiss; it is kept and rightly taken. */
class LoadFailureTest {
  private static final LoadFailure.Library CUDA =
      new LoadFailure.Library(
          "JCuda, the binding of CUDA",
          "x86-64",
          "the CUDA driver (libcuda.so.1)",
          "libcuda.so.1",
          "install the driver");

  /** What a binding throws, as it was recorded; {@code last} is what its last attempt gave. */
  private static UnsatisfiedLinkError thrown(String last) {
    return new UnsatisfiedLinkError(
        """
        Error while loading native library "JCudaDriver-12.6.0-linux-x86_64"
        Operating system name: Linux
        Architecture         : amd64
        Architecture bit size: 64
        ---(start of nested stack traces)---
        Stack trace from the attempt to load the library as a file:
        java.lang.UnsatisfiedLinkError: no JCudaDriver-12.6.0-linux-x86_64 in java.library.path: /usr/lib
        \tat java.base/java.lang.ClassLoader.loadLibrary(ClassLoader.java:2434)
        Stack trace from the attempt to load the library as a resource:
        %s
        \tat java.base/jdk.internal.loader.NativeLibraries.load(Native Method)
        ---(end of nested stack traces)---
        """
            .formatted(last));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "java.lang.UnsatisfiedLinkError: /tmp/n1/libJCudaDriver.so: libcuda.so.1: cannot open shared object file: No such file or directory | SYSTEM_LIBRARY | libcuda.so.1: cannot open shared object file: No such file or directory",
        "java.lang.UnsatisfiedLinkError: /tmp/n1/libJCudaDriver.so: /opt/libcuda.so.1: invalid ELF header | SYSTEM_LIBRARY | /opt/libcuda.so.1: invalid ELF header",
        "java.lang.UnsatisfiedLinkError: /tmp/n1/libJCudaDriver.so: /opt/libcuda.so.1: file too short | SYSTEM_LIBRARY | /opt/libcuda.so.1: file too short",
        "java.lang.UnsatisfiedLinkError: /tmp/n1/libJCudaDriver.so: /tmp/n1/libJCudaDriver.so: undefined symbol: cuMemCreate | FUNCTION | undefined symbol: cuMemCreate",
        "java.lang.UnsatisfiedLinkError: /tmp/n1/libJCudaDriver.so: /tmp/n1/libJCudaDriver.so: failed to map segment from shared object | UNPACKING | failed to map segment from shared object",
        "java.io.IOException: No space left on device | UNPACKING | No space left on device",
        "java.io.FileNotFoundException: /tmp/n1/libJCudaDriver.so (Permission denied) | UNPACKING | /tmp/n1/libJCudaDriver.so (Permission denied)",
        "java.io.IOException: No resource found with name '/lib/libJCudaDriver-linux-aarch64.so' | PROCESSOR | No resource found with name '/lib/libJCudaDriver-linux-aarch64.so'",
        "java.lang.UnsatisfiedLinkError: /tmp/n1/libJOCL.so: /tmp/n1/libJOCL.so: cannot open shared object file: No such file or directory (Possible cause: can't load AARCH64 .so on a AMD 64 platform) | PROCESSOR | cannot open shared object file: No such file or directory (Possible cause: can't load AARCH64 .so on a AMD 64 platform)",
        "java.lang.UnsatisfiedLinkError: /tmp/n1/libJCudaDriver.so: /lib/libc.so.6: version `GLIBC_2.34' not found | OTHER | /lib/libc.so.6: version `GLIBC_2.34' not found"
      })
  void theLastAttemptIsReadAndItsWordsAreKept(String last, LoadFailure.Kind kind, String said) {
    assertEquals(new LoadFailure(kind, said), LoadFailure.of(thrown(last), "libcuda.so.1"));
  }

  @Test
  void aMessageOfOneLineIsKeptAsItIs() {
    String message = "Could not initialize native OpenCL library. Implementation library ...";
    assertEquals(
        new LoadFailure(LoadFailure.Kind.SYSTEM_LIBRARY, message),
        LoadFailure.of(new UnsatisfiedLinkError(message), "native OpenCL library"));
    assertEquals(
        new LoadFailure(LoadFailure.Kind.OTHER, "null"),
        LoadFailure.of(new NoClassDefFoundError(), "libcuda.so.1"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "libcuda.so.1: file too short | the CUDA driver (libcuda.so.1) could not be loaded (libcuda.so.1: file too short); install the driver",
        "undefined symbol: cuMemCreate | the CUDA driver (libcuda.so.1) is too old (undefined symbol: cuMemCreate): update it, or use the backend cpu, which gives the same bits",
        "No resource found | JCuda, the binding of CUDA, has no library for OS ARCH, but for x86-64 (No resource found); use the backend cpu, which gives the same bits",
        "No space left on device | the library of JCuda, the binding of CUDA, could not be unpacked in TMP and loaded from there (No space left on device); make room there, or choose a folder that programs may run from with RAPHE_JAVA_OPTIONS=-Djava.io.tmpdir=DIR",
        "a riddle | the library of JCuda, the binding of CUDA, could not be loaded (a riddle); use the backend cpu, which gives the same bits, and report this line"
      })
  void eachCauseIsOneLineThatSaysWhatToDo(String said, String line) {
    String expected =
        line.replace("OS", System.getProperty("os.name"))
            .replace("ARCH", System.getProperty("os.arch"))
            .replace("TMP", System.getProperty("java.io.tmpdir"));
    assertEquals(expected, CUDA.cause(new UnsatisfiedLinkError(said)));
  }
}
