package org.raphe.report;

import java.util.ArrayList;
import java.util.List;
import org.raphe.report.Table.Format;
import org.raphe.result.CostResult;
import org.raphe.result.PaperCost;

/** What was published, beside what was measured. */
final class PublishedSections {
  private static final String MNIST = "mnist";

  private PublishedSections() {}

  /** Whether a setting has the paper's cost, or the paper has figures of this data set. */
  static boolean hasCost(Scope scope) {
    return !Published.classifications(scope.groups().get(0).first().dataset()).isEmpty()
        || scope.groups().stream()
            .anyMatch(group -> group.spread(PublishedSections::publishedCost) != null);
  }

  /** Accuracy against the paper's own cost, beside the paper's figures of the same network. */
  static Section cost(Scope scope) {
    List<Object> points = new ArrayList<>();
    Table table = costColumns();
    for (RunGroup group : scope.groups()) {
      Spread cost = group.spread(run -> Run.told(run.accuracy(), a -> publishedCost(run)));
      Spread accuracy = group.spread(run -> Run.told(publishedCost(run), c -> run.accuracy()));
      if (cost != null && accuracy != null) {
        points.add(Plot.point(group.label(), group.number(), cost, accuracy, null, false));
      }
      table.row(
          group.label(),
          "these runs",
          group.runs().size(),
          Spread.countOf(cost),
          Spread.meanOf(group.spread(Run::accuracy)),
          Spread.deviationOf(group.spread(Run::accuracy)),
          Spread.meanOf(cost),
          cost == null ? Run.text(paperCost(group.first()), PaperCost::publishedCostReason) : null);
    }
    List<Published.Classification> figures = Published.beside(scope.groups());
    addFigures(figures, points, table);
    Section section =
        scope
            .section("published-cost", "Accuracy against the paper's cost")
            .words(
                "The paper's cost is the operations of a one-hidden-layer network by formula, times the mean epoch by which error levels are passed. A run whose error never falls to 5 % has no such cost; points are means over the seeds that have one.")
            .words(
                figures.isEmpty()
                    ? "No run here is of the paper's network and data, so that none of its figures stands beside; all are in the section Published figures."
                    : "Grey points are published, not measured here: "
                        + Published.CLASSIFICATION
                        + ".");
    return section
        .plot(
            points.isEmpty()
                ? null
                : Plot.points("published cost", "operations", points, List.of()))
        .notice(points.isEmpty() ? "No run of these settings has such a cost." : null)
        .table(table);
  }

  private static Double publishedCost(Run run) {
    return Run.told(paperCost(run), PaperCost::publishedCost);
  }

  private static PaperCost paperCost(Run run) {
    return run.cost(CostResult::paperCost);
  }

  private static void addFigures(
      List<Published.Classification> figures, List<Object> points, Table table) {
    for (Published.Classification figure : figures) {
      String name = "published: " + figure.method();
      points.add(Plot.published(name, figure.cost(), figure.accuracy()));
      table.row(
          name,
          Published.SOURCE,
          5,
          5,
          figure.accuracy(),
          null,
          figure.cost(),
          Published.CLASSIFICATION);
    }
  }

  private static Table costColumns() {
    return new Table()
        .column("setting", Format.TEXT)
        .column("source", Format.TEXT)
        .column("seeds", Format.WHOLE)
        .column("seeds that have the cost", Format.WHOLE)
        .column("accuracy", Format.PERCENT)
        .column("accuracy deviation", Format.PERCENT)
        .column("published cost", Format.COUNT)
        .column("protocol, or why there is no cost", Format.TEXT);
  }

  /** All published figures, whatever was run. */
  static Section all() {
    Table table = columns();
    for (Published.Classification f : Published.CLASSIFICATIONS) {
      table.row(
          "classification",
          f.dataset(),
          f.method(),
          f.accuracy(),
          f.epochs(),
          f.cost(),
          Published.CLASSIFICATION);
    }
    String task = "classification";
    String dense = "published range: " + Published.DENSE;
    table.row(task, MNIST, "NACA spiking, lowest", Published.DENSE_LOWEST, null, null, dense);
    table.row(task, MNIST, "NACA spiking, highest", Published.DENSE_HIGHEST, null, null, dense);
    for (Published.Deep f : Published.DEEP) {
      String layers = f.layers() + " hidden dense layers";
      table.row(task, MNIST, "NACA spiking", f.spiking(), null, null, layers);
      table.row(task, MNIST, "NACA rate", f.rate(), null, null, layers);
    }
    continual(table);
    return new Section("published", "Published figures")
        .words("Not measured here. " + Published.SOURCE + ", Science Advances 9(34), eadi2947.")
        .words(
            "The authors' program was run unchanged under both protocols on MNIST. The paper has SGD and EWC at chance in the class-continual task.")
        .table(table);
  }

  private static void continual(Table table) {
    String task = "class-continual";
    for (Published.Continual f : Published.CONTINUALS) {
      String protocol = Published.CONTINUAL;
      table.row(task, f.dataset(), "NACA spiking", f.spiking(), null, null, protocol);
      table.row(task, f.dataset(), "NACA rate", f.rate(), null, null, protocol);
    }
    for (Published.Program f : Published.PROGRAM) {
      String name = "authors' program, NACA " + f.units() + ", learning rate " + f.learningRate();
      String strict = "strict: one test sample at a time";
      table.row(task, MNIST, name, f.published(), null, null, Published.CONTINUAL);
      table.row(task, MNIST, name, f.strict(), null, null, strict);
    }
  }

  private static Table columns() {
    return new Table()
        .column("task", Format.TEXT)
        .column("data set", Format.TEXT)
        .column("method", Format.TEXT)
        .column("accuracy", Format.PERCENT)
        .column("epochs to error levels", Format.NUMBER)
        .column("published cost", Format.COUNT)
        .column("protocol", Format.TEXT);
  }
}
