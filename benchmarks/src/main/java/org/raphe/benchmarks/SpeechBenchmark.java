package org.raphe.benchmarks;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.raphe.datasets.speech.Sound;
import org.raphe.datasets.speech.SoundFile;
import org.raphe.datasets.speech.SpeechFeatures;
import org.raphe.datasets.speech.SphereWriter;
import org.raphe.datasets.speech.WavRecording;
import org.raphe.random.RandomStream;
import org.raphe.random.UniformSequence;

/**
 * Milliseconds on one processor of what is done to a recording of a second at 20 kHz, 40,000 bytes
 * of amplitudes: decaying tones in noise.
 *
 * <pre>
 *   java -cp 'benchmarks/target/raphe-benchmarks-0.1.0.jar:benchmarks/target/lib/*' \
 *       org.openjdk.jmh.Main SpeechBenchmark
 * </pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SpeechBenchmark {
  private static final int RATE = 20_000;

  private byte[] file;
  private WavRecording recording;

  /** Makes the recording and its file. */
  @Setup
  public void setUp() {
    var noise = new UniformSequence(1, RandomStream.TEST_SPIKES.number(0), 0);
    short[] samples = new short[RATE];
    for (int k = 0; k < RATE; k++) {
      double tone = StrictMath.sin(0.05 * k) + 0.5 * StrictMath.sin(0.31 * k);
      double loudness = 2000 * StrictMath.exp(-(k % 5000) / 2000.0);
      samples[k] = (short) (loudness * tone + 60 * (noise.nextUniform() - 0.5f));
    }
    recording = new WavRecording(RATE, samples);
    file = SphereWriter.file(recording, Map.of());
  }

  /** SPHERE with shorten to amplitudes, the checksum verified. */
  @Benchmark
  public Sound decode() {
    return SoundFile.read("recording", file);
  }

  /** Amplitudes to features. */
  @Benchmark
  public float[] features() {
    return SpeechFeatures.of("recording", recording);
  }
}
