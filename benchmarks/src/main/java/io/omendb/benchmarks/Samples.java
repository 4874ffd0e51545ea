/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks;

import static java.util.Locale.ROOT;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/** Samples of what threads execute, counted by phase. Begins to sample when it is made. */
final class Samples implements AutoCloseable {
  /**
   * A part of the work: a sample belongs to the first one of which its stack has a frame.
   *
   * @param type name of a class, without its package
   * @param method of it, empty for all
   */
  record Phase(String name, String type, String method) {
    boolean matches(RecordedFrame frame) {
      String full = frame.getMethod().getType().getName();
      String simple = full.substring(full.lastIndexOf('.') + 1);
      return (simple.equals(type) || simple.startsWith(type + "$"))
          && (method.isEmpty() || frame.getMethod().getName().equals(method));
    }
  }

  static final List<Phase> SEARCHING =
      List.of(
          new Phase("exact scores of raw rows", "Reranker", ""),
          new Phase("reading blocks", "BlockStore", "readBlock"),
          new Phase("shortlist", "BlockScanner", "finish"),
          new Phase("scanning blocks", "BlockScanner", ""),
          new Phase("ranking blocks", "BlockRanking", ""),
          new Phase("rotation", "Rotation", ""),
          new Phase("partial costs", "QueryTable", "fillCosts"),
          new Phase("rounding them", "QueryTable", "quantizeCosts"),
          new Phase("rest of the table", "QueryTable", ""),
          new Phase("rest of the search", "BlockSearch", ""),
          new Phase("Lucene's query and reader", "IndexSearcher", ""));

  static final List<Phase> INDEXING =
      List.of(
          new Phase("representatives", "RepresentativeCoder", ""),
          new Phase("training: principal axes", "PrincipalAxes", ""),
          new Phase("training: rest", "CodebookTrainer", ""),
          new Phase("encoding", "PqEncoder", ""),
          new Phase("layout: assignment to centroids", "Assigner", ""),
          new Phase("layout: rest", "CentroidTrainer", ""),
          new Phase("layout: rest", "BlockLayout", ""),
          new Phase("rest of the format", "OmenVectorsWriter", "finish"),
          new Phase("raw vectors and documents, by Lucene", "IndexWriter", ""),
          new Phase("raw vectors and documents, by Lucene", "SegmentMerger", ""));

  private static final Duration PERIOD = Duration.ofMillis(10);

  private final Recording recording = new Recording();

  Samples() {
    recording.enable("jdk.ExecutionSample").withPeriod(PERIOD);
    recording.start();
  }

  /** Ends sampling, and adds a line for each phase. */
  void add(Table table, String set, String part, List<Phase> phases) throws IOException {
    recording.stop();
    Map<String, Integer> counts = new LinkedHashMap<>();
    phases.forEach(phase -> counts.put(phase.name, 0));
    int all = 0;
    Path file = Files.createTempFile("samples", ".jfr");
    try {
      recording.dump(file);
      for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
        Phase phase = event.getStackTrace() == null ? null : phase(event, phases);
        if (phase != null) {
          counts.merge(phase.name, 1, Integer::sum);
          all++;
        }
      }
    } finally {
      Files.delete(file);
    }
    for (Map.Entry<String, Integer> count : counts.entrySet()) {
      String share = String.format(ROOT, "%.1f %%", 100.0 * count.getValue() / Math.max(1, all));
      table.add(set, part, count.getKey(), Integer.toString(count.getValue()), share);
    }
  }

  private static Phase phase(RecordedEvent event, List<Phase> phases) {
    List<RecordedFrame> frames = event.getStackTrace().getFrames();
    for (Phase phase : phases) {
      if (frames.stream().anyMatch(phase::matches)) {
        return phase;
      }
    }
    return null;
  }

  @Override
  public void close() {
    recording.close();
  }
}
