/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks;

import io.omendb.lucene.quantize.CodeBuffer;
import io.omendb.lucene.quantize.Codebook;
import io.omendb.lucene.quantize.CodebookTrainer;
import io.omendb.lucene.quantize.Parallel;
import io.omendb.lucene.quantize.PqEncoder;
import io.omendb.lucene.quantize.VectorSource;
import io.omendb.lucene.simd.Kernels;
import java.io.IOException;
import java.util.Arrays;

/**
 * What all that scans codes shares: vectors of unit length, one codebook, one code a vector.
 *
 * @param trainSeconds time to train the codebook, one thread
 * @param encodeSeconds time to encode all vectors, one thread
 */
public record CodedVectors(
    float[][] vectors,
    Codebook codebook,
    CodeBuffer codes,
    double trainSeconds,
    double encodeSeconds) {
  private static final int STEP = 4096;

  /** Trains a codebook and encodes. */
  public static CodedVectors of(float[][] vectors) throws IOException {
    Kernels kernels = Kernels.best();
    VectorSource source = source(vectors);
    Progress training = new Progress("train", 1);
    Codebook codebook = new CodebookTrainer(kernels, Parallel.SEQUENTIAL).train(source);
    double trainSeconds = training.seconds();
    CodeBuffer codes = new CodeBuffer(vectors.length, codebook.subspaces());
    PqEncoder encoder = new PqEncoder(kernels, codebook);
    int[] ords = new int[vectors.length];
    Arrays.setAll(ords, ord -> ord);
    Progress encoding = new Progress("encode", vectors.length);
    for (int from = 0; from < ords.length; from += STEP) {
      int to = Math.min(ords.length, from + STEP);
      encoder.encode(source, ords, from, to, codes::set);
      encoding.step(to - from);
    }
    encoding.done();
    return new CodedVectors(vectors, codebook, codes, trainSeconds, encoding.seconds());
  }

  /** Vectors in memory as training and encoding read them. */
  public static VectorSource source(float[][] vectors) {
    return new Source(vectors);
  }

  /** Number of vectors. */
  public int count() {
    return vectors.length;
  }

  private record Source(float[][] vectors) implements VectorSource {
    @Override
    public int size() {
      return vectors.length;
    }

    @Override
    public int dimension() {
      return vectors[0].length;
    }

    @Override
    public void read(int ord, float[] target, int offset) {
      System.arraycopy(vectors[ord], 0, target, offset, vectors[ord].length);
    }

    @Override
    public VectorSource copy() {
      return this;
    }
  }
}
