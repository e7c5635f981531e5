package org.raphe.report;

import java.util.Map;

/** The command line that repeats a run. */
final class RepeatCommand {
  private RepeatCommand() {}

  /**
   * The command, quoted for a shell; null where the run's settings are missing or hold what no
   * command line of Raphe does.
   */
  static String of(Run run) {
    if (run.settings() == null) {
      return null;
    }
    StringBuilder text = new StringBuilder("./raphe ").append(run.command());
    for (Map.Entry<String, String> setting : run.settings().entrySet()) {
      boolean plain = setting.getKey().matches("[a-z][a-z-]{0,60}");
      if (!plain || !setting.getValue().equals(ForeignText.of(setting.getValue()))) {
        return null;
      }
      if (!setting.getValue().equals("false")) {
        text.append(" --").append(setting.getKey());
        text.append(setting.getValue().equals("true") ? "" : "=" + quoted(setting.getValue()));
      }
    }
    return text.toString();
  }

  private static String quoted(String value) {
    return value.matches("[A-Za-z0-9._/:,+-]+") ? value : "'" + value.replace("'", "'\\''") + "'";
  }
}
