/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.blocks;

import io.omendb.lucene.quantize.CodeBuffer;
import io.omendb.lucene.quantize.Codebook;
import io.omendb.lucene.quantize.KMeans;
import io.omendb.lucene.quantize.Parallel;
import io.omendb.lucene.simd.Kernels;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Finds the nearest of many centroids for each vector of a segment, from its code. Centroids are
 * clustered into groups, about as many as each group has members; only the groups nearest to a
 * vector are searched, so the work for a vector grows with the square root of the number of
 * centroids. Distances are sums of 8-bit tables.
 */
final class Assigner {
  /** Groups searched for each vector: finds the true nearest centroid of about 98 in 100. */
  private static final int PROBES = 6;

  private static final int GROUPING_ITERATIONS = 6;

  /** Fewer centroids than this form one group. */
  private static final int MIN_GROUPED = 128;

  private static final long SEED = 7;

  /** Vectors assigned at a time, at least: many enough for tables of centroids to pay. */
  private static final int MIN_CHUNK = 1 << 16;

  /** Parts in which vectors are assigned at most, as tables are made again for each. */
  private static final int MAX_CHUNKS = 16;

  private final Kernels kernels;
  private final Codebook codebook;
  private final float[] centroids;
  private final int[][] members;
  private final int probes;

  /** Distances to the middles of groups. */
  private final CentroidTables middles;

  private final float step;

  /**
   * Groups centroids.
   *
   * @param centroids layout [centroid][axis]
   */
  Assigner(Kernels kernels, Codebook codebook, float[] centroids) {
    this(
        kernels,
        codebook,
        centroids,
        grouped(kernels, centroids, codebook.axes()),
        CentroidTables.step(codebook));
  }

  private Assigner(
      Kernels kernels, Codebook codebook, float[] centroids, int[][] groups, float step) {
    this.kernels = kernels;
    this.codebook = codebook;
    this.centroids = centroids;
    members = groups;
    probes = Math.min(PROBES, groups.length);
    this.step = step;
    middles =
        new CentroidTables(
            kernels,
            codebook,
            CentroidPath.middles(centroids, codebook.axes(), groups),
            IntStream.range(0, groups.length).toArray(),
            step);
  }

  /** Groups, of which none is empty. */
  private static int[][] grouped(Kernels kernels, float[] centroids, int axes) {
    int count = centroids.length / axes;
    int groups = count < MIN_GROUPED ? 1 : (int) Math.round(Math.sqrt(count));
    float[] middles =
        KMeans.train(kernels, centroids, 0, axes, count, axes, groups, GROUPING_ITERATIONS, SEED);
    int[] groupOf = KMeans.nearest(kernels, centroids, 0, axes, count, axes, middles);
    return Arrays.stream(CentroidTrainer.membersOf(groupOf, groups))
        .filter(group -> group.length > 0)
        .toArray(int[][]::new);
  }

  /** An assigner to centroids that have moved a little, in the same groups. */
  Assigner moved(float[] centroids) {
    return new Assigner(kernels, codebook, centroids, members, step);
  }

  /** Centroids by group; every centroid is in one group, and no group is empty. */
  int[][] groups() {
    return members;
  }

  /** The nearest centroid of each row. */
  int[] assign(Rows rows, Parallel parallel) throws IOException {
    int[] nearest = new int[rows.count()];
    int chunk = Math.max(MIN_CHUNK, Math.ceilDiv(nearest.length, MAX_CHUNKS));
    for (int from = 0; from < nearest.length; from += chunk) {
      int count = Math.min(chunk, nearest.length - from);
      new Chunk(rows, from, count).assign(parallel, nearest);
    }
    return nearest;
  }

  /** Some vectors, each with as many entries as groups are searched for it. */
  private final class Chunk {
    private final Rows rows;
    private final int first;
    private final int count;

    /** Layout [vector][probe]. */
    private final int[] groupOfEntry;

    private final int[] nearestOfEntry;
    private final short[] distanceOfEntry;

    Chunk(Rows rows, int first, int count) {
      this.rows = rows;
      this.first = first;
      this.count = count;
      groupOfEntry = new int[count * probes];
      nearestOfEntry = new int[count * probes];
      distanceOfEntry = new short[count * probes];
    }

    void assign(Parallel parallel, int[] nearest) throws IOException {
      if (members.length > 1) {
        parallel.forRange(count, CodeBuffer.PAGE_SIZE, this::chooseGroups);
      }
      int[][] entries = CentroidTrainer.membersOf(groupOfEntry, members.length);
      parallel.forRange(members.length, 1, (group, end) -> scan(group, entries[group]));
      for (int row = 0; row < count; row++) {
        int best = row * probes;
        for (int entry = best + 1; entry < (row + 1) * probes; entry++) {
          if (distanceOfEntry[entry] < distanceOfEntry[best]) {
            best = entry;
          }
        }
        nearest[first + row] = nearestOfEntry[best];
      }
    }

    private void chooseGroups(int from, int to) {
      byte[] codes = new byte[Kernels.SCAN_SIZE * codebook.subspaces()];
      short[] sums = new short[Kernels.SCAN_SIZE];
      long[] below = new long[Kernels.SCAN_BLOCKS];
      int[] best = new int[Kernels.SCAN_SIZE * probes];
      for (int start = from; start < to; start += Kernels.SCAN_SIZE) {
        int size = Math.min(Kernels.SCAN_SIZE, to - start);
        for (int i = 0; i < size; i++) {
          rows.readCode(first + start + i, codes, i);
        }
        Arrays.fill(best, Integer.MAX_VALUE);
        for (int group = 0; group < members.length; group++) {
          kernels.scan(middles.table(group), codes, 0, codebook.subspaces(), 0, sums, below);
          for (int lane = 0; lane < Kernels.SCAN_SIZE; lane++) {
            insert(best, lane * probes, sums[lane] + middles.offset(group), group);
          }
        }
        for (int lane = 0; lane < Kernels.SCAN_SIZE; lane++) {
          int vector = Kernels.vectorOf(lane);
          for (int p = 0; vector < size && p < probes; p++) {
            groupOfEntry[(start + vector) * probes + p] = best[lane * probes + p] & 0xFFFF;
          }
        }
      }
    }

    /** Keeps the least of distance and group, ascending. */
    private void insert(int[] best, int at, int distance, int group) {
      int key = distance << 16 | group;
      int place = at + probes;
      for (; place > at && key < best[place - 1]; place--) {
        if (place < at + probes) {
          best[place] = best[place - 1];
        }
      }
      if (place < at + probes) {
        best[place] = key;
      }
    }

    /** Distances of the vectors that search a group to all its centroids. */
    private void scan(int group, int[] entries) {
      CentroidTables tables =
          new CentroidTables(kernels, codebook, centroids, members[group], step);
      byte[] codes = new byte[Kernels.SCAN_SIZE * codebook.subspaces()];
      short[] sums = new short[Kernels.SCAN_SIZE];
      long[] below = new long[Kernels.SCAN_BLOCKS];
      short[] least = new short[Kernels.SCAN_SIZE];
      short[] nearest = new short[Kernels.SCAN_SIZE];
      for (int start = 0; start < entries.length; start += Kernels.SCAN_SIZE) {
        int size = Math.min(Kernels.SCAN_SIZE, entries.length - start);
        for (int i = 0; i < size; i++) {
          rows.readCode(first + entries[start + i] / probes, codes, i);
        }
        Arrays.fill(least, Short.MAX_VALUE);
        for (int m = 0; m < tables.count(); m++) {
          kernels.scan(tables.table(m), codes, 0, codebook.subspaces(), 0, sums, below);
          kernels.keepLeast(sums, tables.offset(m), m, least, nearest);
        }
        for (int lane = 0; lane < Kernels.SCAN_SIZE; lane++) {
          int vector = Kernels.vectorOf(lane);
          if (vector < size) {
            int entry = entries[start + vector];
            nearestOfEntry[entry] = members[group][nearest[lane]];
            distanceOfEntry[entry] = least[lane];
          }
        }
      }
    }
  }
}
