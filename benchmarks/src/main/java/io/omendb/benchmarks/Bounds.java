/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks;

import picocli.CommandLine.Option;

/** What {@link Acceptance} demands. */
final class Bounds {
  @Option(
      names = "--min-recall",
      defaultValue = "0.95",
      description = "Recall without a filter, at least (default: ${DEFAULT-VALUE}).")
  double minRecall;

  @Option(
      names = "--max-recall-change",
      defaultValue = "0.01",
      description =
          "Difference of recall after many commits or updates, at most (default:"
              + " ${DEFAULT-VALUE}).")
  double maxRecallChange;

  @Option(
      names = "--min-filtered-recall",
      defaultValue = "0.95",
      description = "Recall under each kind of filter, at least (default: ${DEFAULT-VALUE}).")
  double minFilteredRecall;

  @Option(
      names = "--min-worst-recall",
      defaultValue = "0.95",
      description =
          "Recall under the filter of a column that does worst, at least (default:"
              + " ${DEFAULT-VALUE}).")
  double minWorstRecall;

  @Option(
      names = "--max-score-error",
      defaultValue = "1e-5",
      description = "Error of a hit's score, at most (default: ${DEFAULT-VALUE}).")
  double maxScoreError;

  @Option(
      names = "--max-code-bytes",
      defaultValue = "36.8",
      description = "Bytes of .vpq a vector, at most (default: ${DEFAULT-VALUE}, 1.15 x 32).")
  double maxCodeBytes;

  @Option(
      names = "--max-hot-bytes",
      defaultValue = "72",
      description =
          "Bytes a vector of all but the raw vectors, at most (default: ${DEFAULT-VALUE}).")
  double maxHotBytes;

  @Option(
      names = "--max-rows",
      defaultValue = "150",
      description =
          "Raw vectors that a query reads on average, at most (default: ${DEFAULT-VALUE}).")
  double maxRows;
}
