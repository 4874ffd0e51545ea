/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks;

import io.omendb.lucene.quantize.Parallel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.store.Directory;

/** The checks of {@link Acceptance} on one set, to be made in the order of the methods. */
final class SetAcceptance {
  private static final int K = 10;
  private static final double UPDATED = .05;
  private static final List<String> COLUMNS = List.of("pos", "lexname", "band");

  private final VectorSet set;
  private final float[][] queries;
  private final float[] bars;
  private final int[] queryNumbers;
  private final Bounds bounds;
  private final Checks checks;
  private final Parallel parallel;
  private final ExactSearch exact;
  private final List<String> columns;
  private final VectorIndex index;
  private final VectorIndex manyCommits;
  private double mergedRecall;

  /**
   * Prepares the checks.
   *
   * @param queryCount queries to use
   * @param folder where indexes are written
   */
  SetAcceptance(
      VectorSet set, int queryCount, Bounds bounds, Checks checks, Path folder, Parallel parallel) {
    this.set = set;
    this.queryNumbers = VectorSet.sample(set.queries().length, queryCount);
    this.queries = VectorSet.choose(set.queries(), queryNumbers);
    this.bounds = bounds;
    this.checks = checks;
    this.parallel = parallel;
    this.exact = new ExactSearch(VectorSet.unitLength(set.base()), parallel);
    this.columns = COLUMNS.stream().filter(set.baseColumns()::containsKey).toList();
    this.index = new VectorIndex(folder.resolve("main"), set, columns);
    this.manyCommits = new VectorIndex(folder.resolve("commits"), set, columns);
    this.bars = bars();
  }

  /** The stored truth says which rows are the answers; scores are computed as for the hits. */
  private float[] bars() {
    float[][] unit = VectorSet.unitLength(queries);
    float[] scores = new float[queries.length];
    for (int q = 0; q < scores.length; q++) {
      scores[q] = exact.score(unit[q], set.truth()[queryNumbers[q]][K - 1]);
    }
    return scores;
  }

  /** Recall over the segments that the writer leaves; two commits make two of a small set too. */
  void checkSegments() throws IOException {
    index.write(2);
    try (Directory directory = index.directory();
        DirectoryReader reader = DirectoryReader.open(directory)) {
      checks.note(set.name(), "segments", "number of segments", reader.leaves().size());
      checkRecall("segments", reader);
    }
  }

  /** Recall in one segment, without filters and with them. */
  void checkMerged(int filterQueries) throws IOException {
    index.merge();
    try (Directory directory = index.directory();
        DirectoryReader reader = DirectoryReader.open(directory)) {
      mergedRecall = checkRecall("merged", reader);
      int[] sample = VectorSet.sample(queries.length, filterQueries);
      new FilterAcceptance(set, columns, index.places(), bounds, checks, exact)
          .check(
              new Retrieval(reader, exact, VectorSet.choose(queries, sample), K, parallel),
              VectorSet.choose(queries, sample),
              Arrays.stream(sample).map(q -> queryNumbers[q]).toArray(),
              K);
    }
  }

  /** Sizes of files, and what searches read. */
  void checkBytes() throws IOException {
    double rows = set.base().length;
    try (Directory directory = index.directory();
        DirectoryReader reader = DirectoryReader.open(directory)) {
      Map<String, Long> bytes = FileBytes.of(reader);
      bytes.forEach((extension, length) -> {
        if (!extension.equals("vpq")) {
          checks.note(set.name(), "bytes", "." + extension + " a vector", length / rows);
        }
      });
      double codes = bytes.getOrDefault("vpq", 0L) / rows;
      checks.atMost(set.name(), "bytes", ".vpq a vector", codes, bounds.maxCodeBytes);
      double hot = FileBytes.hot(bytes) / rows;
      checks.atMost(set.name(), "bytes", "hot a vector", hot, bounds.maxHotBytes);
    }
    try (CountingDirectory directory = new CountingDirectory(index.directory());
        DirectoryReader reader = DirectoryReader.open(directory)) {
      Retrieval retrieval = new Retrieval(reader, exact, queries, K, parallel);
      long before = directory.bytes();
      retrieval.run(bars);
      double read = (double) (directory.bytes() - before) / (set.dimension() * Float.BYTES);
      double each = read / queries.length;
      checks.atMost(set.name(), "reads", "raw rows a query", each, bounds.maxRows);
    }
  }

  /** Recall of an index written bit by bit. */
  void checkCommits(int commits) throws IOException {
    manyCommits.write(commits);
    checkLater(manyCommits, commits + " commits");
  }

  /** Recall after updates and the merges that they cause. Changes the index of the other checks. */
  void checkUpdates(int rounds) throws IOException {
    index.update(rounds, UPDATED);
    checkLater(index, rounds + " rounds of updates");
  }

  private void checkLater(VectorIndex later, String check) throws IOException {
    try (Directory directory = later.directory();
        DirectoryReader reader = DirectoryReader.open(directory)) {
      String before = check + ", before the merge";
      checks.note(set.name(), before, "number of segments", reader.leaves().size());
      checkRecall(before, reader);
    }
    later.merge();
    try (Directory directory = later.directory();
        DirectoryReader reader = DirectoryReader.open(directory)) {
      double lost = set.base().length - reader.numDocs();
      checks.atMost(set.name(), check, "documents lost", Math.abs(lost), 0);
      double recall = checkRecall(check, reader);
      checks.atMost(
          set.name(),
          check,
          "change of recall",
          Math.abs(recall - mergedRecall),
          bounds.maxRecallChange);
    }
  }

  private double checkRecall(String check, DirectoryReader reader) throws IOException {
    Progress progress = new Progress("search, " + check, queries.length);
    Retrieval retrieval = new Retrieval(reader, exact, queries, K, parallel);
    Retrieval.Outcome[] outcomes = retrieval.run(bars);
    progress.step(queries.length);
    progress.done();
    double recall = Retrieval.recall(outcomes);
    checks.atLeast(set.name(), check, "recall@" + K, recall, bounds.minRecall);
    int wrong = Retrieval.wrongCount(outcomes, K);
    checks.atMost(set.name(), check, "queries without " + K + " hits", wrong, 0);
    double error = Retrieval.scoreError(outcomes);
    checks.atMost(set.name(), check, "error of scores", error, bounds.maxScoreError);
    return recall;
  }
}
