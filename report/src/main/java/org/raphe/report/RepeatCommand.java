package org.raphe.report;

import java.util.Map;

/** The command line that repeats a run: the settings that its folder keeps, quoted for a shell. */
final class RepeatCommand {
  private RepeatCommand() {}

  /** The command; where there is none, why. */
  static String of(Run run) {
    if (run.settings() == null) {
      return unknown("settings.yaml is missing from the run's folder or is broken");
    }
    String seed = run.settings().get("seed");
    if (!run.seed().equals(seed)) {
      return unknown(
          "settings.yaml is not of this run: it has seed "
              + (seed == null ? "none" : ForeignText.of(seed))
              + ", result.json "
              + run.seed());
    }
    StringBuilder text = new StringBuilder("./raphe ").append(run.command());
    for (Map.Entry<String, String> setting : run.settings().entrySet()) {
      String value = setting.getValue();
      if (!setting.getKey().matches("[a-z][a-z-]{0,60}") || !ForeignText.isPlain(value)) {
        return unknown("settings.yaml holds what no command line does");
      }
      if (!value.equals("false")) {
        text.append(" --").append(setting.getKey());
        text.append(value.equals("true") ? "" : "=" + quoted(value));
      }
    }
    return text.toString();
  }

  private static String unknown(String reason) {
    return "not known: " + reason;
  }

  private static String quoted(String value) {
    return value.matches("[A-Za-z0-9._/:,+-]+") ? value : "'" + value.replace("'", "'\\''") + "'";
  }
}
