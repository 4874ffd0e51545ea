/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.omendb.lucene.blocks.BlockLayout;
import io.omendb.lucene.blocks.CodedVectors;
import io.omendb.lucene.blocks.Effort;
import io.omendb.lucene.blocks.RepresentativeCodes;
import io.omendb.lucene.quantize.ArrayVectors;
import io.omendb.lucene.quantize.Parallel;
import io.omendb.lucene.simd.Kernels;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestGroupChoice {
  /** Any groups: how many are chosen does not depend on their codes. */
  private static RepresentativeCodes groups() throws IOException {
    CodedVectors vectors = CodedVectors.of(ArrayVectors.gaussian(100, 4, 1));
    return vectors.groups(
        BlockLayout.of(
            Kernels.best(),
            Parallel.SEQUENTIAL,
            vectors.codebook(),
            vectors.codes(),
            Effort.MERGE));
  }

  @ParameterizedTest
  @CsvSource({
    // A share of 113 groups, and one group too few to leave out enough.
    "1808, 1, 49",
    "1792, 1, 112",
    "100000, 600, 2688",
    "3125, 453, 85",
    // Three blocks for each that is likely, and then too few left out.
    "3125, 454, 86",
    "3125, 704, 132",
    "3125, 705, 196",
    "3125, 2147483647, 196",
    "1, 1, 1"
  })
  void testSize(int blocks, int likely, int size) throws IOException {
    assertEquals(size, new GroupChoice(groups(), blocks).size(likely));
  }

  @Test
  void testAllWithoutGroups() {
    assertEquals(196, new GroupChoice(null, 3125).size(10));
  }
}
