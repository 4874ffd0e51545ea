/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omendb.lucene.blocks.BlockLayout;
import io.omendb.lucene.blocks.CodedVectors;
import io.omendb.lucene.blocks.Effort;
import io.omendb.lucene.quantize.ArrayVectors;
import io.omendb.lucene.quantize.Metric;
import io.omendb.lucene.quantize.Parallel;
import io.omendb.lucene.simd.Kernels;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.lucene.codecs.CodecUtil;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.SegmentWriteState;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.store.FilterIndexInput;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.IndexOutput;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TestSegmentStore {
  private static final FieldInfo COLOUR = Files.field("colour", 7, 4);
  private static final FieldInfo SHAPE = Files.field("shape", 2, 50);

  private final Directory directory = new ByteBuffersDirectory();
  private final AtomicInteger open = new AtomicInteger();

  @BeforeEach
  void write() throws IOException {
    SegmentWriteState state = Files.writeState(directory, COLOUR, SHAPE);
    CodedVectors vectors = CodedVectors.of(ArrayVectors.gaussian(200, 4, 1));
    BlockLayout layout =
        BlockLayout.of(
            Kernels.best(), Parallel.SEQUENTIAL, vectors.codebook(), vectors.codes(), Effort.MERGE);
    try (IndexOutput meta = FileLayout.META.create(state);
        IndexOutput codes = FileLayout.CODES.create(state);
        IndexOutput index = FileLayout.INDEX.create(state)) {
      BlockWriter.Written written =
          new BlockWriter(codes, index)
              .write(vectors.codes(), layout, vectors.representatives(layout), 4, null);
      MetaFile.write(new FieldMeta(2, 50, 3, null), meta);
      MetaFile.write(
          new FieldMeta(
              7,
              4,
              200,
              new FieldMeta.Blocks(
                  Metric.SQUARED_DISTANCE,
                  false,
                  1,
                  written.codesOffset(),
                  written.indexOffset(),
                  written.graphLength(),
                  vectors.codebook())),
          meta);
      MetaFile.end(meta);
      for (IndexOutput out : new IndexOutput[] {meta, codes, index}) {
        CodecUtil.writeFooter(out);
      }
    }
  }

  /** Counts open files. */
  private SegmentStore open() throws IOException {
    Directory counting =
        new FilterDirectory(directory) {
          @Override
          public IndexInput openInput(String name, IOContext context) throws IOException {
            open.incrementAndGet();
            return new FilterIndexInput(name, in.openInput(name, context)) {
              @Override
              public void close() throws IOException {
                open.decrementAndGet();
                super.close();
              }
            };
          }
        };
    return new SegmentStore(Files.readState(counting, COLOUR, SHAPE));
  }

  @Test
  void testFields() throws IOException {
    try (SegmentStore store = open()) {
      assertEquals(3, store.field(2).count());
      assertNull(store.blocks(2));
      assertEquals(200, store.field(7).count());
      assertNotNull(store.blocks(7));
      assertNull(store.field(3));
      store.checkIntegrity();
      assertTrue(open.get() > 0);
    }
    assertEquals(0, open.get());
  }

  private byte[] bytes(String name) throws IOException {
    try (IndexInput in = directory.openInput(name, IOContext.DEFAULT)) {
      return Files.bytes(in);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"_0.vpq", "_0.vex"})
  void testFlippedBitIsFoundByCheckIntegrity(String name) throws IOException {
    byte[] bytes = bytes(name);
    bytes[bytes.length / 2] ^= 1;
    Files.replace(directory, name, bytes);
    try (SegmentStore store = open()) {
      CorruptIndexException e = assertThrows(CorruptIndexException.class, store::checkIntegrity);
      assertTrue(e.getMessage().contains(name), e.getMessage());
    }
  }

  /** The first slot of the map gets the ordinal of the second, under a checksum that fits. */
  @Test
  void testVectorInTwoSlots() throws IOException {
    byte[] bytes = bytes("_0.vex");
    int map = CodecUtil.indexHeaderLength("OmenVectorsIndex", "");
    // 200 vectors take a byte each.
    bytes[map] = bytes[map + 1];
    directory.deleteFile("_0.vex");
    try (IndexOutput out = directory.createOutput("_0.vex", IOContext.DEFAULT)) {
      out.writeBytes(bytes, bytes.length - CodecUtil.footerLength());
      CodecUtil.writeFooter(out);
    }
    try (SegmentStore store = open()) {
      BlockStore.Cursor cursor = store.blocks(7).cursor();
      int ord = cursor.ordOfSlot(0);
      assertEquals(ord, cursor.ordOfSlot(1));
      CorruptIndexException e = assertThrows(CorruptIndexException.class, store::checkIntegrity);
      assertTrue(e.getMessage().contains("_0.vex"), e.getMessage());
      int[] found = {ord, ord};
      e = assertThrows(CorruptIndexException.class, () -> store.blocks(7).checkDistinct(found, 2));
      assertTrue(e.getMessage().contains("two slots of vector " + ord), e.getMessage());
    }
  }

  @ParameterizedTest
  @CsvSource({"_0.vem, 20", "_0.vpq, 20", "_0.vex, 20", "_0.vem, 1", "_0.vpq, 1", "_0.vex, 1"})
  void testTruncatedFileDoesNotOpen(String name, int missing) throws IOException {
    byte[] bytes = bytes(name);
    Files.replace(directory, name, Arrays.copyOf(bytes, bytes.length - missing));
    IOException e = assertThrows(IOException.class, () -> open());
    assertTrue((e + Arrays.toString(e.getSuppressed())).contains(name), e.toString());
    assertEquals(0, open.get(), "files left open");
  }

  @Test
  void testMissingFileLeavesNothingOpen() throws IOException {
    directory.deleteFile("_0.vex");
    assertThrows(IOException.class, () -> open());
    // The attempt to open the missing file was counted too.
    assertEquals(1, open.get());
  }

  @Test
  void testSwappedFilesDoNotOpen() throws IOException {
    byte[] codes = bytes("_0.vpq");
    Files.replace(directory, "_0.vpq", bytes("_0.vex"));
    Files.replace(directory, "_0.vex", codes);
    assertThrows(CorruptIndexException.class, () -> open());
    assertEquals(0, open.get());
  }
}
