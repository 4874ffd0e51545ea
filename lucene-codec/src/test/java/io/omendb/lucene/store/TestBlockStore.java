/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omendb.lucene.blocks.BinaryCodes;
import io.omendb.lucene.blocks.BlockLayout;
import io.omendb.lucene.blocks.CodedVectors;
import io.omendb.lucene.blocks.Effort;
import io.omendb.lucene.blocks.RepresentativeCodes;
import io.omendb.lucene.blocks.RepresentativeGraph;
import io.omendb.lucene.quantize.ArrayVectors;
import io.omendb.lucene.quantize.CodeBuffer;
import io.omendb.lucene.quantize.Metric;
import io.omendb.lucene.quantize.Parallel;
import io.omendb.lucene.simd.Kernels;
import java.io.IOException;
import java.util.Map;
import org.apache.lucene.codecs.CodecUtil;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexOutput;
import org.apache.lucene.util.InfoStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link BlockWriter} writes, {@link BlockStore} reads. */
class TestBlockStore {
  private static final int DIMENSION = 5;

  private final Directory directory = new ByteBuffersDirectory();

  /** A field as it is in memory, and where it was written. */
  private record Field(
      CodedVectors vectors,
      BlockLayout layout,
      RepresentativeGraph graph,
      BlockWriter.Written written) {

    FieldMeta meta(long codesOffset, long indexOffset, long graphLength) {
      return new FieldMeta(
          3,
          DIMENSION,
          vectors.codes().count(),
          new FieldMeta.Blocks(
              Metric.SQUARED_DISTANCE,
              false,
              1,
              codesOffset,
              indexOffset,
              graphLength,
              vectors.codebook()));
    }

    FieldMeta meta() {
      return meta(written.codesOffset(), written.indexOffset(), written.graphLength());
    }
  }

  private static Field write(int count, boolean withGraph, BlockWriter writer) throws IOException {
    CodedVectors vectors = CodedVectors.of(ArrayVectors.gaussian(count, DIMENSION, count));
    BlockLayout layout =
        BlockLayout.of(
            Kernels.best(), Parallel.SEQUENTIAL, vectors.codebook(), vectors.codes(), Effort.MERGE);
    RepresentativeGraph graph =
        withGraph
            ? RepresentativeGraph.build(layout.means(), DIMENSION, 4, 20, InfoStream.NO_OUTPUT)
            : null;
    return new Field(
        vectors,
        layout,
        graph,
        writer.write(vectors.codes(), layout, vectors.representatives(layout), DIMENSION, graph));
  }

  /** Writes two fields to the same files and returns the second, which is not at their start. */
  private Field write(int count, boolean withGraph) throws IOException {
    try (IndexOutput codes = directory.createOutput("codes.bin", IOContext.DEFAULT);
        IndexOutput index = directory.createOutput("index.bin", IOContext.DEFAULT)) {
      BlockWriter writer = new BlockWriter(codes, index);
      write(10, true, writer);
      Field field = write(count, withGraph, writer);
      CodecUtil.writeFooter(codes);
      CodecUtil.writeFooter(index);
      return field;
    }
  }

  private BlockStore open(FieldMeta meta) throws IOException {
    return BlockStore.open(
        meta,
        FileLayout.VERSION_CURRENT,
        "colour",
        directory.openInput("codes.bin", IOContext.DEFAULT),
        directory.openInput("index.bin", IOContext.DEFAULT));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 63, 64, 65, 256, 257, 1000})
  void testCodesAndMaps(int count) throws IOException {
    Field field = write(count, false);
    BlockStore store = open(field.meta());
    assertEquals(count, store.count());
    assertEquals(BlockLayout.blocks(count), store.blockCount());
    CodeBuffer codes = field.vectors.codes();
    BlockStore.Cursor cursor = store.cursor();
    byte[] block = new byte[Kernels.BLOCK_SIZE * DIMENSION];
    for (int slot = 0; slot < store.blockCount() * Kernels.BLOCK_SIZE; slot++) {
      int lane = slot % Kernels.BLOCK_SIZE;
      if (lane == 0) {
        cursor.readBlock(slot / Kernels.BLOCK_SIZE, block, 0);
      }
      int ord = slot < count ? field.layout.ordOfSlot()[slot] : -1;
      for (int s = 0; s < DIMENSION; s++) {
        // The last block is padded with zeros.
        byte expected = ord < 0 ? 0 : codes.page(ord)[codes.offset(ord) + s];
        assertEquals(expected, block[s * Kernels.BLOCK_SIZE + lane]);
      }
      if (ord >= 0) {
        assertEquals(ord, cursor.ordOfSlot(slot));
        assertEquals(slot, cursor.slotOfOrd(ord));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 65, 1000, 1100, 20_000})
  void testRepresentatives(int count) throws IOException {
    Field field = write(count, false);
    BlockStore store = open(field.meta());
    assertEquals(field.vectors.representatives(field.layout), store.representatives());
    assertArrayEquals(field.layout.radii(), store.radii());
    assertNull(store.binaryCodes());
    assertNull(store.graph());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 65, 1000})
  void testGraph(int count) throws IOException {
    Field field = write(count, true);
    BlockStore store = open(field.meta());
    TestGraphFormat.assertSame(field.graph, store.graph());
    BinaryCodes expected = BinaryCodes.of(field.layout.means(), DIMENSION);
    assertArrayEquals(expected.centre(), store.binaryCodes().centre());
    assertArrayEquals(expected.bits(), store.binaryCodes().bits());
    assertArrayEquals(expected.squaredNorms(), store.binaryCodes().squaredNorms());
    assertArrayEquals(expected.factors(), store.binaryCodes().factors());
    assertEquals(field.vectors.representatives(field.layout), store.representatives());
  }

  private Field writeAlone(CodedVectors vectors, BlockLayout layout) throws IOException {
    try (IndexOutput codes = directory.createOutput("codes.bin", IOContext.DEFAULT);
        IndexOutput index = directory.createOutput("index.bin", IOContext.DEFAULT)) {
      Field field =
          new Field(
              vectors,
              layout,
              null,
              new BlockWriter(codes, index)
                  .write(
                      vectors.codes(), layout, vectors.representatives(layout), DIMENSION, null));
      CodecUtil.writeFooter(codes);
      CodecUtil.writeFooter(index);
      return field;
    }
  }

  @Test
  void testZeroVectors() throws IOException {
    CodedVectors vectors = CodedVectors.of(ArrayVectors.constant(70, DIMENSION, 0));
    BlockLayout layout = new BlockLayout(new int[70], new float[2 * DIMENSION], new float[2]);
    for (int slot = 0; slot < 70; slot++) {
      layout.ordOfSlot()[slot] = 69 - slot;
    }
    BlockStore store = open(writeAlone(vectors, layout).meta());
    for (float component : CodedVectors.middles(store.representatives(), 2, vectors.codebook())) {
      assertEquals(0, component, 1e-3);
    }
    assertEquals(69, store.cursor().ordOfSlot(0));
  }

  @Test
  void testOffHeapBytesAreThoseOfTheField() throws IOException {
    Field field = write(1000, true);
    Map<String, Long> bytes = open(field.meta()).offHeapBytes();
    assertEquals(
        Map.of(
            "vpq",
            directory.fileLength("codes.bin")
                - CodecUtil.footerLength()
                - field.written.codesOffset(),
            "vex",
            directory.fileLength("index.bin")
                - CodecUtil.footerLength()
                - field.written.indexOffset()),
        bytes);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0, 0, codes, codes.bin",
    "-1000000, 0, 0, codes, codes.bin",
    "9000000000000000000, 0, 0, codes, codes.bin",
    "0, 1, 0, index, index.bin",
    "0, -1000000, 0, index, index.bin",
    "0, 9000000000000000000, 0, index, index.bin",
    "0, 0, 1, index, index.bin",
    "0, 0, 9223372036854770000, index, index.bin"
  })
  void testBeyondTheFile(long codes, long index, long graph, String part, String file)
      throws IOException {
    Field field = write(100, true);
    BlockWriter.Written written = field.written;
    FieldMeta meta =
        field.meta(
            written.codesOffset() + codes,
            written.indexOffset() + index,
            written.graphLength() + graph);
    CorruptIndexException e = assertThrows(CorruptIndexException.class, () -> open(meta));
    assertTrue(e.getMessage().contains("field \"colour\": " + part + " at "), e.getMessage());
    assertTrue(e.getMessage().contains(file), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(bytes = {64, 127, -128, -1})
  void testRepresentativeBeyondThePalette(byte place) throws IOException {
    Field field = write(100, false);
    byte[] bytes = Files.bytes(directory.openInput("index.bin", IOContext.DEFAULT));
    int maps = 2 * (int) BlockWriter.mapLength(100);
    int codes = (int) RepresentativeCodes.length(2, DIMENSION) - 2 * Float.BYTES;
    bytes[(int) field.written.indexOffset() + maps + codes - 1] = place;
    Files.replace(directory, "index.bin", bytes);
    CorruptIndexException e = assertThrows(CorruptIndexException.class, () -> open(field.meta()));
    assertTrue(e.getMessage().contains("beyond its palette"), e.getMessage());
    assertTrue(e.getMessage().contains("index.bin"), e.getMessage());
  }

  /** Maps of 100 vectors have 8 bits a number and can thus hold up to 255. */
  @Test
  void testMapsBeyondTheVectors() throws IOException {
    Field field = write(100, false);
    byte[] bytes = Files.bytes(directory.openInput("index.bin", IOContext.DEFAULT));
    int mapAt = (int) field.written.indexOffset();
    bytes[mapAt] = -1;
    bytes[mapAt + (int) BlockWriter.mapLength(100)] = -1;
    Files.replace(directory, "index.bin", bytes);
    BlockStore.Cursor cursor = open(field.meta()).cursor();
    for (CorruptIndexException e :
        new CorruptIndexException[] {
          assertThrows(CorruptIndexException.class, () -> cursor.ordOfSlot(0)),
          assertThrows(CorruptIndexException.class, () -> cursor.slotOfOrd(0))
        }) {
      assertTrue(e.getMessage().contains("map to 255 of 100 vectors"), e.getMessage());
      assertTrue(e.getMessage().contains("index.bin"), e.getMessage());
    }
  }
}
