/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.blocks;

import io.omendb.lucene.quantize.ArrayVectors;
import io.omendb.lucene.quantize.CodeBuffer;
import io.omendb.lucene.quantize.Codebook;
import io.omendb.lucene.quantize.Codebooks;
import io.omendb.lucene.quantize.Decoder;
import io.omendb.lucene.quantize.Parallel;
import io.omendb.lucene.simd.Kernels;
import java.io.IOException;

/** Vectors with their codes, as blocks are made from them. */
public record CodedVectors(Codebook codebook, CodeBuffer codes) {

  /** Codes that keep vectors of up to 32 dimensions nearly as they are. */
  public static CodedVectors of(ArrayVectors vectors) throws IOException {
    Codebook codebook = Codebooks.grid(vectors.dimension());
    return new CodedVectors(codebook, vectors.encode(codebook));
  }

  Rows rows() {
    return new Rows(codebook, codes);
  }

  /** Codes of the representatives of a layout. */
  public RepresentativeCodes representatives(BlockLayout layout) throws IOException {
    return new RepresentativeCoder(Kernels.best(), Parallel.SEQUENTIAL, codebook)
        .code(codes, layout.ordOfSlot());
  }

  /** The middles of blocks as the codes of their means tell them. */
  public static float[] middles(RepresentativeCodes codes, int blocks, Codebook codebook) {
    int axes = codebook.axes();
    Decoder decoder = new Decoder(codebook);
    float[] middles = new float[blocks * axes];
    byte[] code = new byte[codebook.subspaces()];
    float[] mean = new float[axes];
    for (int block = 0; block < blocks; block++) {
      for (int i = 0; i < RepresentativeCodes.PER_BLOCK; i++) {
        codes.read(block, i, code);
        decoder.decode(code, 0, mean, 0);
        for (int axis = 0; axis < axes; axis++) {
          middles[block * axes + axis] += mean[axis] / RepresentativeCodes.PER_BLOCK;
        }
      }
    }
    return middles;
  }

  /** All vectors as their codes tell them, layout [vector][axis]. */
  public float[] decoded() {
    Rows rows = rows();
    float[] decoded = new float[rows.count() * rows.axes()];
    for (int ord = 0; ord < rows.count(); ord++) {
      rows.read(ord, decoded, ord * rows.axes());
    }
    return decoded;
  }

  /** Index of the centroid nearest to a vector, by looking at all of them. */
  static int nearest(float[] vectors, int ord, float[] centroids, int axes) {
    int nearest = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int c = 0; c * axes < centroids.length; c++) {
      double distance =
          ArrayVectors.squaredDistance(vectors, ord * axes, centroids, c * axes, axes);
      if (distance < least) {
        least = distance;
        nearest = c;
      }
    }
    return nearest;
  }

  /** Mean squared distance of vectors from the mean of the block that an order puts them into. */
  double meanSpread(int[] ordOfSlot) {
    float[] vectors = decoded();
    int axes = codebook.axes();
    double spread = 0;
    for (int start = 0; start < ordOfSlot.length; start += Kernels.BLOCK_SIZE) {
      int end = Math.min(ordOfSlot.length, start + Kernels.BLOCK_SIZE);
      float[] mean = new float[axes];
      for (int slot = start; slot < end; slot++) {
        for (int axis = 0; axis < axes; axis++) {
          mean[axis] += vectors[ordOfSlot[slot] * axes + axis] / (end - start);
        }
      }
      for (int slot = start; slot < end; slot++) {
        spread += ArrayVectors.squaredDistance(vectors, ordOfSlot[slot] * axes, mean, 0, axes);
      }
    }
    return spread / ordOfSlot.length;
  }
}
