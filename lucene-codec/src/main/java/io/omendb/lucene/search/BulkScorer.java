/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.search;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.apache.lucene.util.hnsw.RandomVectorScorer;

/**
 * Scores many raw vectors at once. {@link RandomVectorScorer#bulkScore} returns nothing in Lucene
 * 10.3 and a float in later versions, so it is called through a handle.
 */
final class BulkScorer {
  private static final MethodHandle BULK_SCORE = find();

  private BulkScorer() {}

  private static MethodHandle find() {
    MethodHandles.Lookup lookup = MethodHandles.publicLookup();
    for (Class<?> result : new Class<?>[] {float.class, void.class}) {
      MethodType type = MethodType.methodType(result, int[].class, float[].class, int.class);
      try {
        return lookup
            .findVirtual(RandomVectorScorer.class, "bulkScore", type)
            .asType(
                MethodType.methodType(
                    void.class, RandomVectorScorer.class, int[].class, float[].class, int.class));
      } catch (NoSuchMethodException e) {
        // The other version of Lucene.
      } catch (IllegalAccessException e) {
        throw new IllegalStateException(e);
      }
    }
    throw new UnsupportedOperationException(
        "this version of Lucene is not supported: RandomVectorScorer has no bulkScore");
  }

  /** Exact scores of vectors, higher is nearer. */
  static void score(RandomVectorScorer scorer, int[] ords, float[] scores, int count)
      throws IOException {
    try {
      BULK_SCORE.invokeExact(scorer, ords, scores, count);
    } catch (IOException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable t) {
      throw new IllegalStateException(t);
    }
  }
}
