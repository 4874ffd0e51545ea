/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.knn.KnnSearchStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestSearchDepth {
  @ParameterizedTest
  @ValueSource(floats = {0, 0.09f, -1, 101, Float.NaN, Float.POSITIVE_INFINITY})
  void testOutOfRange(float factor) {
    Exception e = assertThrows(IllegalArgumentException.class, () -> new SearchDepth(factor));
    assertTrue(e.getMessage().contains("factor must be in [0.1, 100]; factor=" + factor));
  }

  @Test
  void testFactorOfAStrategy() {
    SearchDepth depth = new SearchDepth(3);
    assertEquals(3, SearchDepth.of(depth, 1));
    assertEquals(1.5f, SearchDepth.of(null, 1.5f));
    assertEquals(1.5f, SearchDepth.of(KnnSearchStrategy.Hnsw.DEFAULT, 1.5f));
    assertEquals(
        3, SearchDepth.of(new KnnSearchStrategy.Seeded(DocIdSetIterator.all(9), 9, depth), 1));
  }

  @Test
  void testEquals() {
    assertEquals(new SearchDepth(2), new SearchDepth(2));
    assertEquals(new SearchDepth(2).hashCode(), new SearchDepth(2).hashCode());
    assertNotEquals(new SearchDepth(2), new SearchDepth(3));
    assertNotEquals(new SearchDepth(2), KnnSearchStrategy.Hnsw.DEFAULT);
    assertNotEquals(KnnSearchStrategy.Hnsw.DEFAULT, new SearchDepth(2));
  }
}
