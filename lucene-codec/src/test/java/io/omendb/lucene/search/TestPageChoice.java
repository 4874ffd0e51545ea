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

class TestPageChoice {
  /** Any groups: how many pages are chosen does not depend on their codes. */
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
    // Half of 64 pages, and one page too few to leave out enough.
    "2048, 1, 32",
    "2016, 1, 63",
    // Three blocks for each that is likely.
    "3125, 10, 49",
    "3125, 600, 57",
    "3125, 700, 66",
    "3125, 800, 98",
    "100000, 600, 1563",
    "3125, 2147483647, 98",
    "1, 1, 1"
  })
  void testSize(int blocks, int likely, int pages) throws IOException {
    assertEquals(pages, new PageChoice(groups(), blocks).size(likely));
  }

  @Test
  void testAllPagesWithoutGroups() {
    assertEquals(98, new PageChoice(null, 3125).size(10));
  }
}
