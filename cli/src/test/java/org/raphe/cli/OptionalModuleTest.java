package org.raphe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Modules that are not here, and the command that builds them. */
class OptionalModuleTest {

  @AfterEach
  void forget() {
    System.clearProperty(OptionalModule.STARTED_FROM);
  }

  @ParameterizedTest
  @EnumSource
  void theCommandLineBringsNone(OptionalModule module) {
    assertFalse(module.isPresent());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sources | is not built; build it once with ./raphe build tensor-engine",
        "archive | archives leave out; get Raphe's sources and build it there with ./raphe build tensor-engine",
        "'' | is not on the class path; put the module raphe-tensor-engine there",
      })
  void absenceSaysWhatToDo(String startedFrom, String words) {
    System.setProperty(OptionalModule.STARTED_FROM, startedFrom);
    assertEquals(words, OptionalModule.TENSOR_ENGINE.absence());
  }

  @Test
  void buildIsForTheSources() {
    Invocation.of("build").assertFails(Raphe.WRONG_INPUT, "run ./raphe build there");
    System.setProperty(OptionalModule.STARTED_FROM, "archive");
    Invocation.of("build", "tensor-engine")
        .assertFails(Raphe.WRONG_INPUT, "tensor-engine, which archives leave out; get");
    Invocation.of("build").assertFails(Raphe.WRONG_INPUT, "an archive is built already");
  }

  @Test
  void whatIsBuiltIsThere() {
    System.setProperty(OptionalModule.STARTED_FROM, "sources");
    assertEquals("", Invocation.of("build").assertDone().out());
    Invocation.of("build", "benchmarks")
        .assertFails(Raphe.WRONG_INPUT, "benchmarks, which is not built; build it once with");
    Invocation.of("build", "benchmark")
        .assertFails(
            Raphe.WRONG_INPUT, "module \"benchmark\" is unknown", "did you mean benchmarks?");
  }
}
