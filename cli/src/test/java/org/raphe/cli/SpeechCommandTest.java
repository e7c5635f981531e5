package org.raphe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.raphe.datasets.speech.SphereWriter;
import org.raphe.datasets.speech.WavRecording;
import org.raphe.training.TrainingPlan;
import picocli.CommandLine;

/** Spoken digits from the command line, on tones laid out as TIDIGITS. */
class SpeechCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path temporary;
  private Path corpus;

  @BeforeEach
  void writeCorpus() throws IOException {
    corpus = temporary.resolve("corpus");
    for (int digit = 1; digit <= 5; digit++) {
      write("disc/TIDIGITS/TRAIN/MAN/AE/" + digit + "A.WAV", 200 * digit);
      write("disc/TIDIGITS/TRAIN/WOMAN/AC/" + digit + "B.WAV", 210 * digit);
      write("disc/TIDIGITS/TEST/BOY/AF/" + digit + "A.WAV", 220 * digit);
    }
    write("disc/TIDIGITS/TEST/BOY/AF/OA.WAV", 500);
    write("disc/TIDIGITS/TEST/BOY/AF/123A.WAV", 500);
    Files.writeString(corpus.resolve("readme.txt"), "about");
  }

  private void write(String name, double hertz) throws IOException {
    short[] samples = new short[2000];
    for (int n = 0; n < samples.length; n++) {
      samples[n] = (short) (9000 * Math.sin(2 * Math.PI * hertz * n / 8000));
    }
    Path path = corpus.resolve(name);
    Files.createDirectories(path.getParent());
    Files.write(path, SphereWriter.file(new WavRecording(8000, samples), Map.of()));
  }

  private JsonNode train(String name, String... options) throws IOException {
    Path run = temporary.resolve(name);
    String[] all = new String[options.length + 7];
    System.arraycopy(
        new String[] {
          "train",
          "--dataset=tidigits",
          "--data=" + corpus,
          "--network=900-20-10",
          "--epochs=1",
          "--quiet",
          "--out=" + run
        },
        0,
        all,
        0,
        7);
    System.arraycopy(options, 0, all, 7, options.length);
    Invocation.of(all).assertDone();
    return JSON.readTree(run.resolve("result.json").toFile());
  }

  @Test
  void aFolderIsInspected() throws IOException {
    Invocation told = Invocation.of("datasets", "--inspect", corpus.toString()).assertDone();
    for (String line :
        new String[] {
          "15 recordings of isolated digits, laid out as tidigits",
          "train          10 recordings of 2 speakers (man 1, woman 1)",
          "train digits   1 2, 2 2, 3 2, 4 2, 5 2",
          "test           5 recordings of 1 speakers (boy 1)",
          "seconds        0.25 to 0.25, mean 0.25, in all 3.8",
          "sampling rate  8000 Hz 15",
          "form           SPHERE pcm shortened 15",
          "checksums      15 agree, 0 have none",
          "left out       1 files of the word \"oh\"",
          "left out       1 files strings of digits",
          "left out       1 files not of the layout",
          "not usable     0 recordings"
        }) {
      assertTrue(told.out().lines().anyMatch(line::equals), line + " is not in:\n" + told.out());
    }
    Path broken = corpus.resolve("disc/TIDIGITS/TEST/BOY/AF/2A.WAV");
    Files.write(broken, new byte[] {1, 2, 3});
    Invocation fault = Invocation.of("datasets", "--inspect", corpus.toString());
    assertEquals(Raphe.FAILED, fault.status());
    assertTrue(fault.out().contains("not usable     1 recordings\n  " + broken), fault.out());
    Invocation.of("datasets", "--inspect", temporary.resolve("none").toString())
        .assertFails(Raphe.WRONG_INPUT, "none: no such folder");
  }

  @Test
  void featuresSplitAndSpeakersAreChosen() throws IOException {
    JsonNode published = train("published", "--speech-features", "published");
    assertEquals(10, published.at("/dataset/train_samples").asInt());
    assertEquals(0.1f, (float) published.at("/learning/input_scale").asDouble());
    JsonNode logMel = train("log-mel", "--speech-features", "LOG-MEL");
    assertEquals("published", published.at("/dataset/preparation").asText());
    assertEquals("log-mel", logMel.at("/dataset/preparation").asText());
    JsonNode unsaid = train("unsaid");
    assertEquals(published.at("/weights_sha256"), unsaid.at("/weights_sha256"));
    JsonNode rate = train("rate", "--neuron=rate");
    assertEquals("log-mel", rate.at("/dataset/preparation").asText());
    assertEquals(1f, (float) logMel.at("/learning/input_scale").asDouble());
    assertFalse(published.at("/dataset/sha256").equals(logMel.at("/dataset/sha256")));
    JsonNode drawn = train("drawn", "--split", "published");
    assertEquals(5, drawn.at("/dataset/test_samples").asInt());
    JsonNode men = train("men", "--speakers", "man,boy");
    assertEquals(5, men.at("/dataset/train_samples").asInt());
    // Settings of the run are kept, so that it can be repeated.
    String settings = Files.readString(temporary.resolve("men/settings.yaml"));
    assertTrue(
        settings.contains("speakers: \"man,boy\"") || settings.contains("speakers: man,boy"),
        settings);
  }

  @Test
  void aModelKnowsItsFeatures() throws IOException {
    for (String kind : new String[] {"published", "log-mel"}) {
      JsonNode trained = train(kind, "--speech-features", kind);
      String run = temporary.resolve(kind).toString();
      Invocation told =
          Invocation.of("evaluate", "--model", run, "--dataset=tidigits", "--data=" + corpus)
              .assertDone();
      String accuracy =
          String.format(Locale.ROOT, "test accuracy %.4f", trained.at("/test_accuracy").asDouble());
      assertTrue(told.out().startsWith(accuracy), told.out());
      Invocation.of(
              "evaluate",
              "--model",
              run,
              "--dataset=tidigits",
              "--data=" + corpus,
              "--speech-features",
              kind.equals("log-mel") ? "published" : "log-mel")
          .assertFails(Raphe.WRONG_INPUT, "the model was trained on " + kind);
    }
  }

  @Test
  void rateUnitsAreShownFeaturesAroundZero() throws IOException {
    JsonNode asTold = train("told", "--neuron=rate", "--features=standardise");
    JsonNode unsaid = train("unsaid-rate", "--neuron=rate");
    JsonNode asTheyAre = train("as-is", "--neuron=rate", "--features=as-is");
    assertEquals(asTold.at("/weights_sha256"), unsaid.at("/weights_sha256"));
    assertFalse(asTheyAre.at("/weights_sha256").equals(unsaid.at("/weights_sha256")));
    JsonNode spiking = train("spiking");
    JsonNode spikingAsIs = train("spiking-as-is", "--features=as-is");
    assertEquals(spikingAsIs.at("/weights_sha256"), spiking.at("/weights_sha256"));
  }

  @Test
  void thePublishedSettingsHaveTheirFeaturesSplitAndSpeakers() throws IOException {
    JsonNode run =
        train(
            "preset",
            "--preset=naca-tidigits",
            "--neuron=rate",
            "--split=official",
            "--speakers=man,woman,boy");
    assertEquals(16, run.at("/learning/batch").asInt());
    assertEquals("published", run.at("/dataset/preparation").asText());
    assertEquals(1e-4, run.at("/optimizer/learning_rate").asDouble(), 1e-12);
    assertEquals(10, run.at("/dataset/train_samples").asInt());
    // Without the boy, 30 % of ten recordings are drawn.
    JsonNode drawn = train("drawn-preset", "--preset=naca-tidigits", "--neuron=rate");
    assertEquals(7, drawn.at("/dataset/train_samples").asInt());
    assertEquals(3, drawn.at("/dataset/test_samples").asInt());
    assertEquals("900-20-10", drawn.at("/network").asText());
    TrainingPlan plan = plan("--preset=naca-tidigits");
    assertEquals("30x30x1-c64k5p2-pool-c128k5p2-pool-1000-10", plan.network().text());
    assertEquals(100, plan.epochs());
    assertEquals(20, plan.steps());
    assertEquals(0.1f, plan.inputScale());
    assertEquals(30, plan("--neuron=rate").epochs());
    assertEquals(3e-3, plan("--neuron=rate").learning().hidden().learningRate());
    assertEquals(1e-3, plan().learning().hidden().learningRate());
    assertEquals("1800-1000-10", plan().network().text());
    assertEquals(1f, plan().inputScale());
    assertEquals(0.1f, plan("--network=900-20-10").inputScale());
  }

  private TrainingPlan plan(String... options) {
    CommandLine commands = Raphe.commands();
    String[] all = Arrays.copyOf(options, options.length + 4);
    System.arraycopy(options, 0, all, 1, options.length);
    all[0] = "train";
    all[options.length + 1] = "--dataset=tidigits";
    all[options.length + 2] = "--data=" + corpus;
    all[options.length + 3] = "--quiet";
    commands.parseArgs(all);
    LearningCommand command = commands.getSubcommands().get("train").getCommand();
    return command.plan(command.load());
  }

  @Test
  void wrongChoicesAreAnswered() {
    String data = "--data=" + corpus;
    Invocation.of("train", "--dataset=tidigits", data, "--speech-features=mfcc")
        .assertFails(Raphe.WRONG_INPUT, "--speech-features", "mfcc", "published, log-mel");
    Invocation.of("train", "--dataset=tidigits", data, "--speakers=men")
        .assertFails(Raphe.WRONG_INPUT, "--speakers", "man");
    Invocation.of("train", "--dataset=tidigits", data, "--split=random")
        .assertFails(Raphe.WRONG_INPUT, "--split", "official, published");
    Invocation.of("train", "--dataset=tidigits", data, "--speakers=girl")
        .assertFails(Raphe.WRONG_INPUT, "no speaker among girl");
    Invocation.of("train", "--dataset=mnist", "--speech-features=log-mel")
        .assertFails(Raphe.WRONG_INPUT, "are for spoken digits, and mnist is something else");
    Invocation.of("train", "--dataset=fsdd", data)
        .assertFails(Raphe.WRONG_INPUT, "found no recording among 18 files");
  }
}
