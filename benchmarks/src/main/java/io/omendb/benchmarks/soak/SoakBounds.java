/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks.soak;

import picocli.CommandLine.Option;

/** What a soak must hold; growth is from the first eighth of the points to the last. */
public final class SoakBounds {
  @Option(
      names = "--min-recall",
      defaultValue = "0.95",
      description = "Recall of each point, at least (default: ${DEFAULT-VALUE}).")
  double minRecall;

  @Option(
      names = "--min-filtered-recall",
      defaultValue = "0.95",
      description = "Recall of each point under a filter, at least (default: ${DEFAULT-VALUE}).")
  double minFilteredRecall;

  @Option(
      names = "--max-heap-growth",
      paramLabel = "MIB",
      defaultValue = "24",
      description =
          "Growth of the heap after collections, from the median of the first eighth of the points"
              + " to that of the last, at most (default: ${DEFAULT-VALUE}).")
  double maxHeapGrowth;

  @Option(
      names = "--max-direct-growth",
      paramLabel = "MIB",
      defaultValue = "8",
      description = "The same of direct buffers (default: ${DEFAULT-VALUE}).")
  double maxDirectGrowth;

  @Option(
      names = "--max-anonymous-growth",
      paramLabel = "MIB",
      defaultValue = "96",
      description =
          "The same of resident memory that is no file's; tells something where all heap is touched"
              + " at the start (default: ${DEFAULT-VALUE}).")
  double maxAnonymousGrowth;

  @Option(
      names = "--max-handles-growth",
      defaultValue = "8",
      description = "The same of open handles (default: ${DEFAULT-VALUE}).")
  double maxHandlesGrowth;

  @Option(
      names = "--max-threads-growth",
      defaultValue = "4",
      description = "The same of threads (default: ${DEFAULT-VALUE}).")
  double maxThreadsGrowth;

  @Option(
      names = "--max-index-growth",
      paramLabel = "TIMES",
      defaultValue = "1.5",
      description =
          "What the last eighth's median of the bytes of the index, and of those of mapped files, may"
              + " be of the first's (default: ${DEFAULT-VALUE}).")
  double maxIndexGrowth;
}
