/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** An engine in the comparison, with all that it is told. */
public interface Peer {
  /** A short name, usable as a folder's. */
  String name();

  /** How it is used, for the result file. */
  String description();

  /** Ways to search for k answers, from quick to thorough along each curve. */
  List<Setting> settings(int k);

  /**
   * Adds vectors and leaves so many segments, in {@link IndexFolders#many}; then merges a copy into
   * one segment, in {@link IndexFolders#one}.
   *
   * @param rows of unit length, to be compared by their dot product
   */
  BuildTimes build(float[][] rows, IndexFolders folders, int segments, int threads)
      throws IOException;

  /** Whether searches read less, and may answer otherwise, where rows are not in memory. */
  default boolean answersDependOnMemory() {
    return false;
  }

  /**
   * Opens an index.
   *
   * @param pages what reads its files, null for memory mapping
   */
  PeerIndex open(Path folder, PageCache pages) throws IOException;
}
