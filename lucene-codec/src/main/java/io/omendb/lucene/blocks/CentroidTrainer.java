/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.blocks;

import io.omendb.lucene.quantize.Parallel;
import io.omendb.lucene.simd.Kernels;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Centroids of a segment, one for {@link Kernels#BLOCK_SIZE} vectors: vectors drawn at random, so
 * that there are many where vectors are dense, and refined by Lloyd's algorithm. What merged
 * segments knew is no better to start from: each of them knew its own vectors only.
 */
final class CentroidTrainer {
  /** Vectors drawn for each centroid, at most: where codes repeat, not every draw is a new one. */
  private static final int DRAWS = 4;

  /** Rounds after which centroids, which move ever less, are grouped anew. */
  private static final int ROUNDS_PER_GROUPING = 4;

  private static final long SEED = 11;

  private CentroidTrainer() {}

  /**
   * Trains centroids.
   *
   * @return layout [centroid][axis]; fewer where codes are too much alike
   */
  static float[] train(Kernels kernels, Parallel parallel, Rows rows, Effort effort)
      throws IOException {
    float[] centroids = distinctRows(rows);
    Assigner assigner = null;
    for (int round = 0; round < effort.rounds; round++) {
      assigner =
          round % ROUNDS_PER_GROUPING == 0
              ? new Assigner(kernels, rows.codebook(), centroids)
              : assigner.moved(centroids);
      update(parallel, rows, centroids, assigner.assign(rows, parallel));
    }
    return centroids;
  }

  /** Rows of different codes: equal centroids would add work and nothing else. */
  private static float[] distinctRows(Rows rows) {
    int wanted = BlockLayout.blocks(rows.count());
    int axes = rows.axes();
    float[] drawn = new float[wanted * axes];
    Set<ByteBuffer> codes = new HashSet<>();
    SplittableRandom random = new SplittableRandom(SEED);
    for (int draw = 0; draw < DRAWS * wanted && codes.size() < wanted; draw++) {
      int row = random.nextInt(rows.count());
      int at = codes.size() * axes;
      if (codes.add(rows.code(row))) {
        rows.read(row, drawn, at);
      }
    }
    return Arrays.copyOf(drawn, codes.size() * axes);
  }

  /** Moves each centroid that has rows to their mean. */
  private static void update(Parallel parallel, Rows rows, float[] centroids, int[] nearest)
      throws IOException {
    int axes = rows.axes();
    int[][] members = membersOf(nearest, centroids.length / axes);
    parallel.forRange(
        members.length,
        64,
        (from, to) -> {
          for (int c = from; c < to; c++) {
            if (members[c].length > 0) {
              rows.mean(members[c], centroids, c * axes);
            }
          }
        });
  }

  static int[][] membersOf(int[] group, int groups) {
    int[] sizes = new int[groups];
    for (int g : group) {
      sizes[g]++;
    }
    int[][] members = new int[groups][];
    Arrays.setAll(members, g -> new int[sizes[g]]);
    for (int i = group.length - 1; i >= 0; i--) {
      members[group[i]][--sizes[group[i]]] = i;
    }
    return members;
  }
}
