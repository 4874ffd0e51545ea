/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.inspect;

import static java.util.Locale.ROOT;

import io.omendb.lucene.SegmentLayout;
import io.omendb.lucene.SegmentStats;
import java.io.PrintWriter;
import java.util.List;

/** Prints a report for people. */
final class ReportPrinter {
  private final PrintWriter out;

  ReportPrinter(PrintWriter out) {
    this.out = out;
  }

  void print(IndexReport report, List<RecallEstimate> estimates) {
    for (IndexReport.Segment segment : report.segments()) {
      line(
          "segment %s: %,d documents, %,d deleted, Lucene %s, codec %s",
          segment.name(),
          segment.documents(),
          segment.deleted(),
          segment.lucene(),
          segment.codec());
      segment.fields().forEach(this::print);
    }
    if (report.segments().isEmpty()) {
      line("no segments");
    }
    for (RecallEstimate estimate : estimates) {
      line(
          "field \"%s\": recall@%d %.4f by %,d vectors of the index",
          estimate.field(), estimate.k(), estimate.recall(), estimate.queries());
    }
    out.flush();
  }

  private void print(IndexReport.Field field) {
    line(
        "  field \"%s\": %d dimensions, %s, %s, format %s",
        field.name(), field.dimension(), field.encoding(), field.similarity(), field.format());
    SegmentStats stats = field.stats();
    if (stats == null) {
      return;
    }
    if (stats.codebook() == null) {
      line(
          "    %,d vectors, too few for codes: scanned raw, %,d bytes",
          stats.vectors(), stats.rawBytes());
      return;
    }
    line(
        "    %,d vectors; bytes a vector: codes %.2f, index %.2f, codebook %.2f, hot %.2f, raw %.2f",
        stats.vectors(),
        perVector(stats, stats.codeBytes()),
        perVector(stats, stats.indexBytes()),
        perVector(stats, stats.codebook().bytes()),
        perVector(stats, stats.hotBytes()),
        perVector(stats, stats.rawBytes()));
    SegmentStats.CodebookStats codebook = stats.codebook();
    line(
        "    codebook %s, trained on %,d vectors, error %.4g, noise %.4g",
        codebook.id(), codebook.trainedOn(), codebook.error(), codebook.noise());
    print(field.layout());
  }

  private void print(SegmentLayout layout) {
    line(
        "    %,d blocks, radius %.4g in the mean, %.4g at most",
        layout.blocks(), layout.meanRadius(), layout.maxRadius());
    SegmentLayout.Graph graph = layout.graph();
    if (graph != null) {
      line(
          "    graph of %d levels, %.1f links a node, %d at most, %,d of %,d nodes reachable",
          graph.levels(),
          graph.meanDegree(),
          graph.maxDegree(),
          graph.reachable(),
          layout.blocks());
    }
  }

  private static double perVector(SegmentStats stats, long bytes) {
    return (double) bytes / stats.vectors();
  }

  private void line(String format, Object... arguments) {
    out.println(String.format(ROOT, format, arguments));
  }
}
