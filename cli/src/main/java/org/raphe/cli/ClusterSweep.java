package org.raphe.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.raphe.InputException;
import org.raphe.IoFailure;
import org.raphe.RunException;
import org.raphe.cli.cluster.AnswerArchive;
import org.raphe.cli.cluster.ClusterAnswer;
import org.raphe.cli.cluster.ClusterAnswer.Header;
import org.raphe.cli.cluster.ClusterSession;
import org.raphe.cli.cluster.ClusterTask;

/**
 * The runs of a sweep on the workers of a cluster. Twice as many runs as have a place are handed
 * over at a time, so that none waits for the next, and what came back is written before more is
 * handed over: the sweep holds no more answers than that.
 */
final class ClusterSweep {
  private static final int FEWEST_HANDED_OVER = 8;
  private static final long PAUSE_MILLIS = 5;
  private static final long WAIT_NANOS = 20_000_000_000L;

  /** A run that is handed over. */
  private record Handed(SweepRun run, Future<byte[]> answer) {}

  /** A run and what a worker is told of it. */
  record Asked(SweepRun run, ClusterTask task) {}

  private final SweepProgress progress;
  private final ClusterSession session;
  private final String asks;
  private final List<Handed> handed = new ArrayList<>();
  private long workersSeen = System.nanoTime();
  private volatile boolean stopping;

  /**
   * @param session a cluster, which the caller closes
   * @param asks what a run asks the cluster for, in words
   */
  ClusterSweep(SweepProgress progress, ClusterSession session, String asks) {
    this.progress = progress;
    this.session = session;
    this.asks = asks;
  }

  /**
   * Makes all runs that are not finished.
   *
   * @return false if the process is being stopped
   * @throws InputException if no run of this sweep can be made there
   * @throws RunException if the cluster is gone
   */
  boolean make(List<Asked> runs) {
    Thread onInterrupt = new Thread(this::stop, "raphe-sweep-stop");
    Runtime.getRuntime().addShutdownHook(onInterrupt);
    try {
      follow(new ArrayDeque<>(runs));
      if (!stopping) {
        Runtime.getRuntime().removeShutdownHook(onInterrupt);
      }
    } catch (RuntimeException e) {
      // Of a cluster that was left, anything may be told.
      if (!stopping) {
        Runtime.getRuntime().removeShutdownHook(onInterrupt);
        throw e;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunException("the sweep was interrupted", e);
    }
    return !stopping;
  }

  /** On Ctrl-C or SIGTERM: what runs is ended, and made again when the sweep goes on. */
  private void stop() {
    stopping = true;
    session.close();
    progress.sayStopped();
  }

  private void follow(Queue<Asked> waiting) throws InterruptedException {
    while (!stopping && !(waiting.isEmpty() && handed.isEmpty())) {
      int places = session.places();
      int most = Math.max(FEWEST_HANDED_OVER, 2 * places);
      while (handed.size() < most && !waiting.isEmpty()) {
        Asked next = waiting.remove();
        if (!progress.isFinishedAlready(next.run())) {
          handed.add(
              new Handed(next.run(), session.submit(next.run().name(), next.task().bytes())));
        }
      }
      if (!takeAnswers(places)) {
        tellWaiting(places);
        Thread.sleep(PAUSE_MILLIS);
      }
    }
  }

  /** Whether there was any. */
  private boolean takeAnswers(int places) throws InterruptedException {
    boolean any = false;
    for (Iterator<Handed> all = handed.iterator(); all.hasNext(); ) {
      Handed next = all.next();
      if (next.answer().isDone()) {
        all.remove();
        any = true;
        take(next, places);
      }
    }
    return any;
  }

  private void take(Handed ended, int places) throws InterruptedException {
    byte[] bytes;
    try {
      bytes = ended.answer().get();
    } catch (ExecutionException e) {
      if (session.lost() != null) {
        throw new RunException(
            session.lost() + "; sweep again with the same options to go on", e.getCause());
      }
      if (e.getCause() instanceof InputException refused) {
        throw refused;
      }
      progress.failed(ended.run(), oneLine(e.getCause().getMessage()));
      return;
    }
    ClusterAnswer answer;
    try {
      answer = AnswerArchive.read(bytes, BroughtRun.NAMES);
    } catch (InputException e) {
      progress.failed(ended.run(), e.getMessage());
      return;
    }
    take(ended.run(), answer, places);
  }

  private void take(SweepRun run, ClusterAnswer answer, int places) {
    Header header = answer.header();
    switch (header.end()) {
      case REFUSED -> throw new InputException(oneLine(header.reason()));
      case FAILED -> {
        writeLog(run, answer.log());
        progress.failed(run, oneLine(header.reason() + " (on " + header.host() + ")"));
      }
      case DONE -> {
        writeLog(run, answer.log());
        try {
          BroughtRun.put(progress.folder(run), answer.files());
        } catch (InputException e) {
          progress.failed(run, e.getMessage());
          return;
        }
        progress.made(run, header.seconds(), where(header), Math.max(1, places));
      }
    }
  }

  private static String where(Header header) {
    String attempt =
        header.attempt() == 1 ? "" : String.format(Locale.ROOT, ", try %d", header.attempt());
    return " on " + oneLine(header.host()) + attempt;
  }

  private static String oneLine(String text) {
    return text == null ? "no reason given" : text.replaceAll("\\s*\\R\\s*|\\p{Cntrl}", " ");
  }

  private void writeLog(SweepRun run, String log) {
    try {
      Files.write(progress.log(run), log.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new RunException("cannot write " + progress.log(run) + ": " + IoFailure.reason(e), e);
    }
  }

  private void tellWaiting(int places) {
    if (session.lost() != null) {
      throw new RunException(session.lost() + "; sweep again with the same options to go on");
    }
    if (places > 0) {
      workersSeen = System.nanoTime();
    } else if (System.nanoTime() - workersSeen > WAIT_NANOS) {
      workersSeen = System.nanoTime();
      progress.say("waiting: the cluster has given no worker for 20 s; " + asks);
    }
  }
}
