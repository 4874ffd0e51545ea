/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.write;

import io.omendb.lucene.quantize.Codebook;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The codebook last made for each field, so that flushed segments, which know nothing of each
 * other, share one and their merge copies codes. Shared by threads.
 */
public final class RecentCodebooks {
  private final Map<Field, Codebook> codebooks = new ConcurrentHashMap<>();
  private final Map<Field, Object> firstTraining = new ConcurrentHashMap<>();

  /** Fields of one name may differ from index to index. */
  private record Field(String name, int dimension) {}

  /** The codebook last made for a field, or null. */
  Codebook get(String field, int dimension) {
    return codebooks.get(new Field(field, dimension));
  }

  void put(String field, Codebook codebook) {
    codebooks.put(new Field(field, codebook.dimension()), codebook);
  }

  /** Held while the first codebook of a field is trained: who comes second can use it. */
  Object firstTraining(String field, int dimension) {
    return firstTraining.computeIfAbsent(new Field(field, dimension), key -> new Object());
  }
}
