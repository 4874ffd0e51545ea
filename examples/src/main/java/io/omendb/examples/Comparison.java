/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.examples;

import static java.util.Locale.ROOT;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.function.ToLongFunction;

/** Prints what two indexes of the same vectors need and what they find. */
final class Comparison {
  private static final String ROW = "  %-42s %14s %14s%n";

  private static final List<MetadataFilter> FILTERS =
      List.of(
          MetadataFilter.ALL,
          MetadataFilter.parse("pos=n"),
          MetadataFilter.parse("topic=noun.animal"));

  private final Corpus corpus;
  private final ExactScan exact;
  private final float[][] queries;
  private final int k;

  Comparison(Corpus corpus, float[][] vectors, float[][] queries, int k) {
    this.corpus = corpus;
    this.exact = new ExactScan(vectors);
    this.queries = queries;
    this.k = k;
  }

  /** Also under the filter, if it has terms. */
  void print(PrintStream out, GlossIndex omen, GlossIndex lucene, MetadataFilter filter)
      throws IOException {
    List<MetadataFilter> filters =
        filter.terms().isEmpty() ? FILTERS : List.of(MetadataFilter.ALL, filter);
    out.printf(ROOT, "%nRecall@%d against an exact scan, %d held-out queries%n", k, queries.length);
    out.printf(ROOT, "(example sentences of WordNet); median time per query, one thread;%n");
    out.printf(ROOT, "both with a plain KnnFloatVectorQuery(\"v\", query, %d[, filter])%n%n", k);
    out.printf(ROOT, ROW, "", "OmenDB", "Lucene");
    for (MetadataFilter each : filters) {
      Evaluation evaluation = new Evaluation(corpus, exact, queries, k, each);
      Evaluation.Result ours = evaluation.run(omen);
      Evaluation.Result theirs = evaluation.run(lucene);
      out.printf(
          ROOT,
          ROW,
          evaluation.conditions() + ", recall",
          String.format(ROOT, "%.3f", ours.recall()),
          String.format(ROOT, "%.3f", theirs.recall()));
      out.printf(ROOT, ROW, "time", micros(ours), micros(theirs));
    }
    printBytes(out, VectorBytes.of(omen.reader()), VectorBytes.of(lucene.reader()));
  }

  private static String micros(Evaluation.Result result) {
    return String.format(ROOT, "%.0f us", result.medianMicros());
  }

  private void printBytes(PrintStream out, VectorBytes ours, VectorBytes theirs) {
    out.printf(ROOT, "%nBytes per vector%n%n");
    out.printf(ROOT, ROW, "", "OmenDB", "Lucene");
    printBytes(out, "raw vectors", ours, theirs, VectorBytes::raw);
    printBytes(out, "codes", ours, theirs, VectorBytes::codes);
    printBytes(out, "graph + metadata", ours, theirs, bytes -> bytes.graph() + bytes.metadata());
    printBytes(out, "hot: what every search reads all over *", ours, theirs, VectorBytes::hot);
    printBytes(out, "on disk", ours, theirs, VectorBytes::disk);
    out.printf(
        ROOT,
        "%n* Without codes that is everything, else all but raw vectors, of which%n"
            + "  a search reads a short list.%n");
  }

  private void printBytes(
      PrintStream out,
      String name,
      VectorBytes ours,
      VectorBytes theirs,
      ToLongFunction<VectorBytes> part) {
    double count = corpus.glosses().size();
    out.printf(
        ROOT,
        ROW,
        name,
        String.format(ROOT, "%,.1f", part.applyAsLong(ours) / count),
        String.format(ROOT, "%,.1f", part.applyAsLong(theirs) / count));
  }
}
