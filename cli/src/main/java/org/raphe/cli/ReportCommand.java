package org.raphe.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.raphe.InputException;
import org.raphe.IoFailure;
import org.raphe.ReplacedFile;
import org.raphe.report.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code raphe report}: accuracy beside its cost, one self-contained page. */
@Command(
    name = "report",
    description =
        "Makes one self-contained page about runs: accuracy beside its cost, learning curves, and the tables behind them.",
    footer = {
      "  raphe report runs --out report.html",
      "  raphe report runs/first runs/second --title 'Two rules'"
    })
final class ReportCommand implements Callable<Integer> {
  /** A report begins with this within its first bytes; another file is not replaced. */
  private static final String MARK = "content=\"raphe report\"";

  private static final int MARK_WITHIN = 512;

  @Mixin CommonOptions common;

  @Parameters(
      arity = "1..*",
      paramLabel = "RUN",
      description = "Run folders, or folders that contain run folders, such as a sweep's.")
  List<Path> runs;

  @Option(
      names = "--out",
      defaultValue = "report.html",
      paramLabel = "FILE",
      description =
          "The page; an older report there is replaced, another file is not. Default: ${DEFAULT-VALUE}.")
  Path out;

  @Option(
      names = "--title",
      defaultValue = "Raphe report",
      paramLabel = "TEXT",
      description = "The page's title. Default: ${DEFAULT-VALUE}.")
  String title;

  @Option(
      names = "--csv",
      paramLabel = "DIR",
      description =
          "Also write each table as a CSV file into this folder; files of the same names are replaced. Default: none.")
  Path csv;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    checkOut();
    Report report = Report.of(runs, title);
    PrintWriter err = spec.commandLine().getErr();
    report.problems().forEach(problem -> err.println("missing: " + problem));
    err.flush();
    if (csv != null) {
      writeTables(report.tables());
    }
    String page = report.html("raphe " + BuildVersion.version(), Instant.now());
    ReplacedFile.write(out, file -> Files.writeString(file, page));
    PrintWriter console = spec.commandLine().getOut();
    console.printf(
        Locale.ROOT,
        "runs: %d, settings: %d, missing: %d%s; %s, %s%n",
        report.runs(),
        report.settings(),
        report.problems().size(),
        report.repeated() == 0 ? "" : ", repeated: " + report.repeated(),
        out,
        size(page));
    console.flush();
    return Raphe.DONE;
  }

  /** The page's size, since it is mailed around. */
  private static String size(String page) {
    double bytes = page.getBytes(StandardCharsets.UTF_8).length;
    return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }

  private void checkOut() {
    if (!Files.exists(out)) {
      return;
    }
    try (InputStream in = Files.isRegularFile(out) ? Files.newInputStream(out) : null) {
      byte[] start = in == null ? new byte[0] : in.readNBytes(MARK_WITHIN);
      if (!new String(start, StandardCharsets.UTF_8).contains(MARK)) {
        throw new InputException(
            out + " exists, is no report and is left as it is; choose another --out");
      }
    } catch (IOException e) {
      throw new InputException("cannot read " + out + ": " + IoFailure.reason(e), e);
    }
  }

  private void writeTables(Map<String, String> tables) {
    try {
      Files.createDirectories(csv);
    } catch (IOException e) {
      throw new InputException("cannot make the folder " + csv + ": " + IoFailure.reason(e), e);
    }
    tables.forEach(
        (name, text) ->
            ReplacedFile.write(csv.resolve(name + ".csv"), file -> Files.writeString(file, text)));
  }
}
