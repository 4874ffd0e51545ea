/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.simd;

import java.util.Arrays;

/** Plain loops: the specification of {@link Kernels}, and the fallback where SIMD is missing. */
final class ScalarKernels implements Kernels {

  @Override
  public void multiply(
      float[] a,
      int aOffset,
      int aStride,
      int rows,
      int depth,
      float[] b,
      int bOffset,
      int cols,
      float[] out) {
    for (int i = 0; i < rows; i++) {
      int outRow = i * cols;
      Arrays.fill(out, outRow, outRow + cols, 0f);
      for (int d = 0; d < depth; d++) {
        float value = a[aOffset + i * aStride + d];
        int bRow = bOffset + d * cols;
        for (int j = 0; j < cols; j++) {
          out[outRow + j] += value * b[bRow + j];
        }
      }
    }
  }

  @Override
  public void multiply(float[] vector, byte[] matrix, float[] out) {
    Arrays.fill(out, 0f);
    for (int d = 0; d < vector.length; d++) {
      int row = d * out.length;
      for (int j = 0; j < out.length; j++) {
        out[j] += vector[d] * matrix[row + j];
      }
    }
  }

  @Override
  public void costs(
      float[] weights,
      int weightsOffset,
      int axes,
      short[] centroids,
      int centroidsOffset,
      float[] norms,
      int at,
      float normWeight,
      float[] costs,
      float[] range) {
    for (int c = 0; c < CENTROIDS; c++) {
      costs[at + c] = normWeight * norms[at + c];
    }
    for (int d = 0; d < axes; d++) {
      int row = centroidsOffset + d * CENTROIDS;
      for (int c = 0; c < CENTROIDS; c++) {
        costs[at + c] += weights[weightsOffset + d] * centroids[row + c];
      }
    }
    range[0] = Float.POSITIVE_INFINITY;
    range[1] = Float.NEGATIVE_INFINITY;
    for (int c = at; c < at + CENTROIDS; c++) {
      range[0] = Math.min(range[0], costs[c]);
      range[1] = Math.max(range[1], costs[c]);
    }
  }

  @Override
  public void quantize(
      float[] costs, int from, int length, float least, float factor, byte[] table) {
    for (int i = from; i < from + length; i++) {
      table[i] = (byte) (int) Math.min(255f, (costs[i] - least) * factor + 0.5f);
    }
  }

  @Override
  public void nearest(
      float[] panel,
      int axes,
      float[] centroids,
      int centroidsOffset,
      float[] norms,
      int normsOffset,
      int count,
      int[] nearest,
      float[] distances) {
    float[] dots = new float[PANEL_ROWS];
    Arrays.fill(nearest, 0, PANEL_ROWS, 0);
    Arrays.fill(distances, 0, PANEL_ROWS, Float.POSITIVE_INFINITY);
    for (int c = 0; c < count; c++) {
      Arrays.fill(dots, 0);
      for (int axis = 0; axis < axes; axis++) {
        float value = centroids[centroidsOffset + axis * count + c];
        for (int row = 0; row < PANEL_ROWS; row++) {
          dots[row] += value * panel[axis * PANEL_ROWS + row];
        }
      }
      for (int row = 0; row < PANEL_ROWS; row++) {
        float distance = norms[normsOffset + c] - 2 * dots[row];
        if (distance < distances[row]) {
          distances[row] = distance;
          nearest[row] = c;
        }
      }
    }
  }

  @Override
  public void scan(
      byte[] table,
      byte[] first,
      int firstOffset,
      byte[] second,
      int secondOffset,
      int subspaces,
      int limit,
      short[] sums,
      long[] below) {
    below[0] = scan(table, first, firstOffset, subspaces, limit, sums, 0);
    below[1] = scan(table, second, secondOffset, subspaces, limit, sums, BLOCK_SIZE);
  }

  private static long scan(
      byte[] table, byte[] codes, int codesOffset, int subspaces, int limit, short[] sums, int at) {
    Arrays.fill(sums, at, at + BLOCK_SIZE, (short) 0);
    for (int s = 0; s < subspaces; s++) {
      int tableRow = s * CENTROIDS;
      int codeRow = codesOffset + s * BLOCK_SIZE;
      for (int lane = 0; lane < BLOCK_SIZE; lane++) {
        int code = codes[codeRow + Kernels.vectorOf(lane)] & 0xFF;
        sums[at + lane] += (short) (table[tableRow + code] & 0xFF);
      }
    }
    long below = 0;
    for (int lane = 0; lane < BLOCK_SIZE; lane++) {
      below |= (sums[at + lane] < limit ? 1L : 0L) << lane;
    }
    return below;
  }

  @Override
  public void keepLeast(short[] sums, int offset, int name, short[] least, short[] names) {
    for (int lane = 0; lane < SCAN_SIZE; lane++) {
      int sum = sums[lane] + offset;
      if (sum < least[lane]) {
        least[lane] = (short) sum;
        names[lane] = (short) name;
      }
    }
  }

  @Override
  public void choose(byte[] table, byte[] chosen, byte[] rankingTable) {
    for (int i = 0; i < chosen.length; i++) {
      rankingTable[i] = table[i / PALETTE * CENTROIDS + (chosen[i] & 0xFF)];
    }
  }

  @Override
  public void leastOfFour(
      byte[] rankingTable, byte[] codes, int codesOffset, short[] least, int at) {
    int lanes = BLOCK_SIZE / 4;
    Arrays.fill(least, at, at + SCAN_BLOCKS * lanes, Short.MAX_VALUE);
    for (int lane = 0; lane < SCAN_SIZE; lane++) {
      int block = lane / BLOCK_SIZE;
      int vector = Kernels.vectorOf(lane % BLOCK_SIZE);
      int sum = 0;
      for (int row = 0; row < rankingTable.length; row += PALETTE) {
        // Rows of the table are as long as those of the codes.
        int code = codes[codesOffset + block * rankingTable.length + row + vector];
        sum += rankingTable[row + code] & 0xFF;
      }
      int place = at + block * lanes + lane % lanes;
      least[place] = (short) Math.min(least[place], sum);
    }
  }

  @Override
  public void charge(float[] extents, float steps, short[] costs) {
    charge(extents, 0, steps, costs);
  }

  /** Goes on with charges from one on. */
  static void charge(float[] extents, int from, float steps, short[] costs) {
    for (int i = from; i < extents.length; i++) {
      costs[i] = (short) (costs[i] + Kernels.charge(extents[i], steps));
    }
  }

  @Override
  public int placesUpTo(short[] costs, int count, int limit, int[] places) {
    return placesUpTo(costs, 0, count, limit, places, 0);
  }

  /**
   * Goes on with places from one on; without branches that depend on what is compared, since no
   * processor could predict them.
   */
  static int placesUpTo(short[] costs, int from, int count, int limit, int[] places, int length) {
    int end = length;
    for (int i = from; i < count; i++) {
      places[end] = i;
      end += costs[i] <= limit ? 1 : 0;
    }
    return end;
  }

  @Override
  public String name() {
    return "scalar";
  }
}
