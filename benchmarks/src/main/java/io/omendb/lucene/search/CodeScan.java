/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.search;

import io.omendb.benchmarks.CodedVectors;
import io.omendb.lucene.quantize.Codebook;
import io.omendb.lucene.quantize.Metric;
import io.omendb.lucene.simd.Kernels;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Ranks all codes of a set, without an index: what the quantizer alone can tell. */
public final class CodeScan {
  private final Kernels kernels = Kernels.best();
  private final CodedVectors coded;
  private final byte[] blocks;

  /** Lays out the codes of a set. */
  public CodeScan(CodedVectors coded) {
    this.coded = coded;
    this.blocks = CodeLayout.blocks(coded.codes(), IntStream.range(0, coded.count()).toArray());
  }

  /** Scans for one thread. */
  public Scanner scanner() {
    return new Scanner();
  }

  /** One thread's buffers. */
  public final class Scanner {
    private final Codebook codebook = coded.codebook();
    private final QueryTable table = new QueryTable(kernels, codebook);
    private final Shortlist shortlist = new Shortlist();
    private final short[] sums = new short[Kernels.SCAN_SIZE];
    private final long[] below = new long[Kernels.SCAN_BLOCKS];
    private final long[] keys = new long[coded.count()];
    private final float[] centroids = codebook.centroids().values();

    private Scanner() {}

    /**
     * Ordinals of least cost by the 8-bit table of the format, best first.
     *
     * @param query of unit length
     */
    public int[] byTable(float[] query, int wanted) {
      table.prepare(query, Metric.SQUARED_DISTANCE, true);
      int subspaces = codebook.subspaces();
      shortlist.reset(Math.min(wanted, coded.count()));
      for (int first = 0; first < coded.count(); first += Kernels.SCAN_SIZE) {
        kernels.scan(
            table.table(), blocks, first * subspaces, subspaces, shortlist.limit(), sums, below);
        for (int lane = 0; lane < Kernels.SCAN_SIZE; lane++) {
          int ord = first + Kernels.vectorOf(lane);
          if (ord < coded.count() && sums[lane] < shortlist.limit()) {
            shortlist.add(sums[lane], ord);
          }
        }
      }
      shortlist.cut();
      shortlist.sort();
      return IntStream.range(0, shortlist.length()).map(shortlist::slot).toArray();
    }

    /**
     * Ordinals of least cost by sums of floats, best first.
     *
     * @param query of unit length
     * @param lengthWeight weight of the squared length of what codes stand for: 1 makes costs
     *     distances, 0 dot products
     */
    public int[] byFloats(float[] query, int wanted, float lengthWeight) {
      float[] costs = costs(query, lengthWeight);
      int subspaces = codebook.subspaces();
      for (int ord = 0; ord < keys.length; ord++) {
        byte[] page = coded.codes().page(ord);
        int offset = coded.codes().offset(ord);
        float cost = 0;
        for (int s = 0; s < subspaces; s++) {
          cost += costs[s * Kernels.CENTROIDS + (page[offset + s] & 0xFF)];
        }
        keys[ord] = key(cost, ord);
      }
      int found = Math.min(wanted, keys.length);
      Selection.least(keys, 0, keys.length, found);
      Arrays.sort(keys, 0, found);
      return Arrays.stream(keys, 0, found).mapToInt(key -> (int) key).toArray();
    }

    /** Costs of all centroids, up to a constant in each subspace. */
    private float[] costs(float[] query, float lengthWeight) {
      float[] centred = query.clone();
      codebook.centre(centred, 1, lengthWeight);
      float[] rotated = new float[codebook.axes()];
      codebook.rotate(kernels, centred, rotated);
      float[] costs = new float[codebook.subspaces() * Kernels.CENTROIDS];
      float[] dots = new float[Kernels.CENTROIDS];
      for (int s = 0; s < codebook.subspaces(); s++) {
        kernels.multiply(
            rotated,
            codebook.offset(s),
            codebook.axes(),
            1,
            codebook.width(s),
            centroids,
            codebook.centroidsAt(s),
            Kernels.CENTROIDS,
            dots);
        for (int c = 0; c < Kernels.CENTROIDS; c++) {
          int at = s * Kernels.CENTROIDS + c;
          costs[at] = lengthWeight * codebook.norms()[at] - 2 * dots[c];
        }
      }
      return costs;
    }
  }

  /** Sorts by cost, then by index. */
  private static long key(float cost, int index) {
    int bits = Float.floatToIntBits(cost);
    return (long) (bits ^ (bits >> 31 & Integer.MAX_VALUE)) << Integer.SIZE | index;
  }
}
