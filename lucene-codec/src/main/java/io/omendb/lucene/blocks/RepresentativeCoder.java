/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.blocks;

import static io.omendb.lucene.blocks.RepresentativeCodes.BLOCKS_PER_GROUP;
import static io.omendb.lucene.blocks.RepresentativeCodes.PER_BLOCK;

import io.omendb.lucene.quantize.CodeBuffer;
import io.omendb.lucene.quantize.Codebook;
import io.omendb.lucene.quantize.Decoder;
import io.omendb.lucene.quantize.KMeans;
import io.omendb.lucene.quantize.Parallel;
import io.omendb.lucene.quantize.PqEncoder;
import io.omendb.lucene.simd.Kernels;
import java.io.IOException;
import java.util.Arrays;
import org.apache.lucene.store.IndexInput;

/** Makes the codes of the representatives of blocks. */
public final class RepresentativeCoder {
  private static final int ITERATIONS = 4;
  private static final long SEED = 23;

  /** One of this many vectors of a block, rounded down, has less than the excess of the block. */
  private static final int EXCESS_QUANTILE = 10;

  /** Blocks whose means a palette is chosen for, at most. */
  private static final int PALETTE_SAMPLE = 256;

  private final Kernels kernels;
  private final Parallel parallel;
  private final Codebook codebook;

  /** A coder of the blocks of vectors that a codebook codes. */
  public RepresentativeCoder(Kernels kernels, Parallel parallel, Codebook codebook) {
    this.kernels = kernels;
    this.parallel = parallel;
    this.codebook = codebook;
  }

  /** Means of the parts of blocks. */
  private interface Means {
    /**
     * Reads the {@link RepresentativeCodes#PER_BLOCK} means of a block.
     *
     * @param means receives them from {@code offset} on, layout [mean][axis]
     * @return excess of the block, see {@link RepresentativeCodes#excesses()}
     */
    float read(int block, float[] means, int offset);
  }

  /** Means of some blocks, layout [block][mean][axis], and their excesses. */
  private record Sample(float[] means, float[] excesses) implements Means {
    @Override
    public float read(int block, float[] target, int offset) {
      int length = means.length / excesses.length;
      System.arraycopy(means, block * length, target, offset, length);
      return excesses[block];
    }
  }

  /**
   * Splits each block by k-means, and codes the means.
   *
   * @param ordOfSlot ordinal of the vector at each place of storage
   */
  public RepresentativeCodes code(CodeBuffer codes, int[] ordOfSlot) throws IOException {
    Rows rows = new Rows(codebook, codes);
    return code(
        BlockLayout.blocks(ordOfSlot.length),
        (block, means, offset) -> split(rows, ordOfSlot, block, means, offset));
  }

  /**
   * Reads codes by all centroids of the codebook, as they were before there were palettes, and
   * codes them by a palette. They were laid out as they are now, and excesses were not kept.
   */
  public RepresentativeCodes recode(IndexInput in, int blockCount) throws IOException {
    int subspaces = codebook.subspaces();
    byte[][] groups =
        new byte[RepresentativeCodes.groupCount(blockCount)][Kernels.BLOCK_SIZE * subspaces];
    for (byte[] group : groups) {
      in.readBytes(group, 0, group.length);
    }
    Decoder decoder = new Decoder(codebook);
    return code(
        blockCount,
        (block, means, offset) -> {
          byte[] code = new byte[subspaces];
          for (int mean = 0; mean < PER_BLOCK; mean++) {
            int at = RepresentativeCodes.placeInGroup(block, mean);
            for (int s = 0; s < subspaces; s++) {
              code[s] = groups[block / BLOCKS_PER_GROUP][at + s * Kernels.BLOCK_SIZE];
            }
            decoder.decode(code, 0, means, offset + mean * codebook.axes());
          }
          // Not known.
          return 0;
        });
  }

  private RepresentativeCodes code(int blockCount, Means source) throws IOException {
    int length = PER_BLOCK * codebook.axes();
    Sample sample = sample(blockCount, source);
    Palette palette = Palette.of(kernels, parallel, codebook, sample.means);
    Means means = sample.excesses.length < blockCount ? source : sample;
    RepresentativeCodes result = new RepresentativeCodes(blockCount, palette);
    parallel.forRange(
        blockCount,
        PqEncoder.BATCH / PER_BLOCK,
        (from, to) -> {
          PqEncoder encoder = new PqEncoder(kernels, codebook, palette.centroids());
          float[] some = new float[(to - from) * length];
          for (int block = from; block < to; block++) {
            result.setExcess(block, means.read(block, some, (block - from) * length));
          }
          byte[] coded = encoder.encodeRotated(some, (to - from) * PER_BLOCK);
          for (int i = 0; i < (to - from) * PER_BLOCK; i++) {
            result.set(from + i / PER_BLOCK, i % PER_BLOCK, coded, i * codebook.subspaces());
          }
        });
    return result;
  }

  /** What some blocks have, or all, in their order. */
  private Sample sample(int blockCount, Means source) throws IOException {
    int sampled = Math.min(blockCount, PALETTE_SAMPLE);
    int length = PER_BLOCK * codebook.axes();
    Sample sample = new Sample(new float[sampled * length], new float[sampled]);
    parallel.forRange(
        sampled,
        PqEncoder.BATCH / PER_BLOCK,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            int block = (int) ((long) i * blockCount / sampled);
            sample.excesses[i] = source.read(block, sample.means, i * length);
          }
        });
    return sample;
  }

  /** Reads means of parts of a block, layout [mean][axis]; returns the excess over them. */
  private float split(Rows rows, int[] ordOfSlot, int block, float[] means, int offset) {
    int axes = rows.axes();
    int from = block * Kernels.BLOCK_SIZE;
    int size = Math.min(Kernels.BLOCK_SIZE, ordOfSlot.length - from);
    float[] vectors = new float[size * axes];
    for (int i = 0; i < size; i++) {
      rows.read(ordOfSlot[from + i], vectors, i * axes);
    }
    float[] trained =
        KMeans.train(kernels, vectors, 0, axes, size, axes, PER_BLOCK, ITERATIONS, SEED + block);
    System.arraycopy(KMeans.rows(trained, axes, PER_BLOCK), 0, means, offset, PER_BLOCK * axes);
    int[] nearest = KMeans.nearest(kernels, vectors, 0, axes, size, axes, trained);
    float[] squares = KMeans.squaredNorms(trained, 0, axes, PER_BLOCK);
    float[] excesses = new float[size];
    for (int i = 0; i < size; i++) {
      excesses[i] = squaredLength(vectors, i * axes, axes) - squares[nearest[i]];
    }
    Arrays.sort(excesses);
    return excesses[(size - 1) / EXCESS_QUANTILE];
  }

  private static float squaredLength(float[] vectors, int at, int axes) {
    float sum = 0;
    for (int axis = at; axis < at + axes; axis++) {
      sum += vectors[axis] * vectors[axis];
    }
    return sum;
  }
}
