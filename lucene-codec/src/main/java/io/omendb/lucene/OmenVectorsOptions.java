/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene;

import java.util.concurrent.Executor;

/**
 * What can be tuned about {@link OmenVectorsFormat}. All of it matters when segments are written;
 * readers learn what they need from the files.
 *
 * @param maxConn neighbours of a node in the graph over representatives, twice as many on its
 *     lowest level; in [2, 512]
 * @param beamWidth candidates kept while a node's neighbours are searched; in [1, 3200]
 * @param searchDepth factor on the depth of searches in segments written with it: on the blocks
 *     that are scanned and the raw vectors that are read; 1 is meant for recall@10 of 0.95 and
 *     better on text embeddings; in [0.1, 100]. A query may ask for another, see {@link
 *     SearchDepth}
 * @param codesThreshold vectors from which a segment gets codes; smaller ones are scanned raw; at
 *     least 1
 * @param graphThreshold blocks of 64 vectors from which a graph leads to them; of fewer, all
 *     representatives are scored; at least 1
 * @param executor runs parts of flushes and merges; null for the thread of a flush, and for those
 *     that Lucene's merge scheduler offers to a merge
 */
public record OmenVectorsOptions(
    int maxConn,
    int beamWidth,
    float searchDepth,
    int codesThreshold,
    int graphThreshold,
    Executor executor) {

  /** Good for most. */
  public static final OmenVectorsOptions DEFAULT =
      new OmenVectorsOptions(16, 100, 1f, 2048, 8192, null);

  /** Checks the bounds; throws {@link IllegalArgumentException} where one does not hold. */
  public OmenVectorsOptions {
    checkRange("maxConn", maxConn, 2, 512);
    checkRange("beamWidth", beamWidth, 1, 3200);
    SearchDepth.checked("searchDepth", searchDepth);
    checkRange("codesThreshold", codesThreshold, 1, Integer.MAX_VALUE);
    checkRange("graphThreshold", graphThreshold, 1, Integer.MAX_VALUE);
  }

  private static void checkRange(String name, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          name + " must be in [" + min + ", " + max + "]; " + name + "=" + value);
    }
  }

  /** These options with another {@link #maxConn}. */
  public OmenVectorsOptions withMaxConn(int maxConn) {
    return new OmenVectorsOptions(
        maxConn, beamWidth, searchDepth, codesThreshold, graphThreshold, executor);
  }

  /** These options with another {@link #beamWidth}. */
  public OmenVectorsOptions withBeamWidth(int beamWidth) {
    return new OmenVectorsOptions(
        maxConn, beamWidth, searchDepth, codesThreshold, graphThreshold, executor);
  }

  /** These options with another {@link #searchDepth}. */
  public OmenVectorsOptions withSearchDepth(float searchDepth) {
    return new OmenVectorsOptions(
        maxConn, beamWidth, searchDepth, codesThreshold, graphThreshold, executor);
  }

  /** These options with another {@link #codesThreshold}. */
  public OmenVectorsOptions withCodesThreshold(int codesThreshold) {
    return new OmenVectorsOptions(
        maxConn, beamWidth, searchDepth, codesThreshold, graphThreshold, executor);
  }

  /** These options with another {@link #graphThreshold}. */
  public OmenVectorsOptions withGraphThreshold(int graphThreshold) {
    return new OmenVectorsOptions(
        maxConn, beamWidth, searchDepth, codesThreshold, graphThreshold, executor);
  }

  /**
   * These options with another {@link #executor}, which is to outlive every writer that uses it.
   */
  public OmenVectorsOptions withExecutor(Executor executor) {
    return new OmenVectorsOptions(
        maxConn, beamWidth, searchDepth, codesThreshold, graphThreshold, executor);
  }
}
