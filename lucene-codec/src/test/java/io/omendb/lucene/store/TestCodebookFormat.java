/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omendb.lucene.quantize.Codebook;
import io.omendb.lucene.quantize.Codebooks;
import java.io.IOException;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.store.IndexInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TestCodebookFormat {

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 32, 33, 100, 300})
  void testRoundTrip(int dimension) throws IOException {
    Codebook codebook = Codebooks.random(dimension, 1);
    IndexInput in = Files.file(out -> CodebookFormat.write(codebook, out));
    Codebook read = CodebookFormat.read(in, dimension, "colour");
    assertEquals(in.length(), in.getFilePointer());
    assertNotSame(codebook, read);
    assertEquals(codebook, read);
    assertArrayEquals(codebook.mean(), read.mean());
    assertEquals(codebook.rotation(), read.rotation());
    assertArrayEquals(codebook.offsets(), read.offsets());
    assertEquals(codebook.centroids(), read.centroids());
    assertEquals(codebook.trainedOn(), read.trainedOn());
    assertEquals(codebook.error(), read.error());
    assertEquals(codebook.noise(), read.noise());
  }

  /** Segments that were written with the same codebook share one copy of it in memory. */
  @Test
  void testEqualCodebooksAreShared() throws IOException {
    Codebook codebook = Codebooks.grid(7);
    IndexInput in = Files.file(out -> CodebookFormat.write(codebook, out));
    Codebook first = CodebookFormat.read(in, 7, "colour");
    in.seek(0);
    assertSame(first, CodebookFormat.read(in, 7, "colour"));
    Codebook other = Codebooks.random(7, 1);
    assertNotSame(
        first,
        CodebookFormat.read(Files.file(out -> CodebookFormat.write(other, out)), 7, "colour"));
  }

  /** Widths of the first of 32 subspaces of 40 axes; the rest are of width 1. */
  @ParameterizedTest
  @CsvSource({"0", "-1", "41", "10", "8"})
  void testWrongWidths(int first) throws IOException {
    Codebook codebook = Codebooks.random(40, 1);
    byte[] bytes = Files.bytes(Files.file(out -> CodebookFormat.write(codebook, out)));
    int widthsAt = bytes.length - 4 * (40 + 40 + 40) - 40 * 40 - 2 * 40 * 256 - 32;
    IndexInput in =
        Files.file(out -> {
          out.writeBytes(bytes, 0, widthsAt);
          out.writeVInt(first);
          for (int s = 1; s < 32; s++) {
            out.writeVInt(1);
          }
          out.writeBytes(bytes, widthsAt + 32, bytes.length - widthsAt - 32);
        });
    CorruptIndexException e =
        assertThrows(CorruptIndexException.class, () -> CodebookFormat.read(in, 40, "colour"));
    assertTrue(e.getMessage().contains("of 40 axes"), e.getMessage());
    assertTrue(e.getMessage().contains("field \"colour\""), e.getMessage());
    assertTrue(e.getMessage().contains("test.bin"), e.getMessage());
  }

  /** Nothing is allocated for a codebook that the file cannot hold. */
  @ParameterizedTest
  @ValueSource(ints = {41, 4096, 100_000_000, Integer.MAX_VALUE})
  void testLongerThanTheFile(int dimension) throws IOException {
    IndexInput in = Files.file(out -> CodebookFormat.write(Codebooks.random(40, 1), out));
    CorruptIndexException e =
        assertThrows(
            CorruptIndexException.class, () -> CodebookFormat.read(in, dimension, "colour"));
    assertTrue(e.getMessage().contains("beyond the file"), e.getMessage());
    assertTrue(e.getMessage().contains("field \"colour\""), e.getMessage());
  }
}
