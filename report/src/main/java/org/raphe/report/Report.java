package org.raphe.report;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.raphe.InputException;

/** A report about runs: one self-contained page, and the tables behind its plots. */
public final class Report {
  /** Groups that one page holds; more could not be distinguished. */
  private static final int MOST_GROUPS = 200;

  private final String title;
  private final Map<String, String> missing;
  private final int runs;
  private final int repeated;
  private final List<RunGroup> groups;
  private final List<Section> sections = new ArrayList<>();

  private Report(String title, RunFolders folders) {
    this.title = title;
    missing = folders.missing();
    List<Run> again = new ArrayList<>();
    groups = RunGroup.of(folders.runs(), again);
    repeated = again.size();
    runs = folders.runs().size() - repeated;
    if (groups.size() > MOST_GROUPS) {
      throw new InputException(
          groups.size()
              + " settings are more than one page holds ("
              + MOST_GROUPS
              + "); name fewer runs");
    }
    addSections(again);
  }

  private void addSections(List<Run> again) {
    List<Scope> scopes = Scope.of(groups);
    sections.add(OverviewSections.summary(scopes));
    sections.add(OverviewSections.missing(missing, again));
    for (Scope scope : scopes) {
      addSections(scope);
      addIfAny(OverviewSections.settings(scope));
    }
    sections.add(PublishedSections.all());
    sections.add(OverviewSections.provenance(groups));
  }

  private void addSections(Scope scope) {
    if (scope.studied()) {
      sections.addAll(StudySections.of(scope));
    } else if (scope.changing()) {
      sections.addAll(VolatileSections.of(scope));
    } else if (scope.permuted()) {
      sections.addAll(PermutedSections.of(scope));
      addIfAny(LevelSection.of(scope));
    } else {
      addLearning(scope);
    }
  }

  private void addLearning(Scope scope) {
    if (scope.continual()) {
      sections.addAll(ContinualSections.of(scope));
    } else {
      sections.add(LearningSections.of(scope));
      sections.add(ReachSections.of(scope));
    }
    addIfAny(LevelSection.of(scope));
    addIfAny(ConfusionSection.of(scope));
    addIfAny(SpikeSection.of(scope));
    sections.addAll(CostSections.of(scope));
    if (!scope.continual() && PublishedSections.hasCost(scope)) {
      sections.add(PublishedSections.cost(scope));
    }
    addIfAny(WeightChangeSections.of(scope));
    sections.addAll(ModelPictures.of(scope));
  }

  private void addIfAny(Section section) {
    if (section != null) {
      sections.add(section);
    }
  }

  /**
   * Reads runs and makes their report.
   *
   * @param folders run folders, or folders that contain run folders
   * @throws InputException if none of them can be read
   */
  public static Report of(List<Path> folders, String title) {
    RunFolders found = new RunFolders();
    folders.forEach(found::add);
    if (found.runs().isEmpty()) {
      throw new InputException(
          "there is nothing to report: "
              + found.missing().values().stream().findFirst().orElse("no run was named"));
    }
    return new Report(title, found);
  }

  /** One line a run folder that could not be read. */
  public List<String> problems() {
    return List.copyOf(missing.values());
  }

  /** How many runs are in the report. */
  public int runs() {
    return runs;
  }

  /** How many runs are left out, since one of the same settings and seed is in the report. */
  public int repeated() {
    return repeated;
  }

  /** How many settings they are of. */
  public int settings() {
    return groups.size();
  }

  /**
   * The page.
   *
   * @param madeBy the program's name and version
   */
  public String html(String madeBy, Instant made) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("title", ForeignText.of(title));
    data.put("settings", groups.size());
    data.put("runs", runs);
    data.put("missing", missing.size());
    data.put("repeated", repeated);
    data.put("madeBy", madeBy);
    data.put("made", made.toString());
    data.put("sections", sections.stream().map(Section::json).toList());
    return Page.html(ForeignText.of(title), data);
  }

  /** Each table as comma-separated values, by a name fit for a file. */
  public Map<String, String> tables() {
    Map<String, String> tables = new LinkedHashMap<>();
    for (Section section : sections) {
      if (section.table() != null) {
        tables.put(section.id(), section.table().csv());
      }
    }
    return tables;
  }
}
