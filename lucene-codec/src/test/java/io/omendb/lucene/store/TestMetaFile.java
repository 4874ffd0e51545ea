/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omendb.lucene.quantize.Metric;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import org.apache.lucene.codecs.CodecUtil;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.IndexOutput;
import org.junit.jupiter.api.Test;

class TestMetaFile {
  private static final String NAME = "_0.vem";
  private static final FieldInfo COLOUR = Files.field("colour", 7, 3);
  private static final FieldInfo SHAPE = Files.field("shape", 2, 50);

  private final Directory directory = new ByteBuffersDirectory();

  private void write(FieldMeta... fields) throws IOException {
    try (IndexOutput out = FileLayout.META.create(Files.writeState(directory, COLOUR, SHAPE))) {
      for (FieldMeta field : fields) {
        MetaFile.write(field, out);
      }
      MetaFile.end(out);
      CodecUtil.writeFooter(out);
    }
  }

  private MetaFile read() throws IOException {
    return MetaFile.read(Files.readState(directory, COLOUR, SHAPE));
  }

  private void assertCorrupt(String expected) {
    CorruptIndexException e = assertThrows(CorruptIndexException.class, this::read);
    assertTrue(e.getMessage().contains(expected), e.getMessage());
    assertTrue(e.getMessage().contains(NAME), e.getMessage());
  }

  @Test
  void testRoundTrip() throws IOException {
    FieldMeta raw = new FieldMeta(2, 50, 12, null);
    FieldMeta blocks = TestFieldMeta.blocks(7, Metric.DOT_PRODUCT, true);
    write(raw, blocks);
    assertEquals(Map.of(2, raw, 7, blocks), read().fields());
    assertEquals(FileLayout.VERSION_CURRENT, read().version());
  }

  @Test
  void testNoFields() throws IOException {
    write();
    assertEquals(Map.of(), read().fields());
  }

  @Test
  void testUnknownField() throws IOException {
    write(new FieldMeta(5, 50, 12, null));
    assertCorrupt("no vector field with number 5");
  }

  @Test
  void testFieldStandsTwice() throws IOException {
    write(new FieldMeta(2, 50, 12, null), new FieldMeta(2, 50, 13, null));
    assertCorrupt("field \"shape\" stands twice");
  }

  /** Whatever byte is wrong, and wherever the file ends too early, it is noticed. */
  @Test
  void testDamageIsNoticed() throws IOException {
    write(new FieldMeta(2, 50, 12, null), new FieldMeta(7, 3, 1000, null));
    byte[] bytes;
    try (IndexInput in = directory.openInput(NAME, IOContext.DEFAULT)) {
      bytes = Files.bytes(in);
    }
    for (int at = 0; at < bytes.length; at++) {
      byte[] flipped = bytes.clone();
      flipped[at] ^= 0x10;
      Files.replace(directory, NAME, flipped);
      assertThrowsIo(at);
      Files.replace(directory, NAME, Arrays.copyOf(bytes, at));
      assertThrowsIo(at);
    }
    Files.replace(directory, NAME, bytes);
    assertEquals(2, read().fields().size());
  }

  private void assertThrowsIo(int at) {
    IOException e = assertThrows(IOException.class, this::read, "damage at byte " + at);
    String all = e + Arrays.toString(e.getSuppressed());
    assertTrue(all.contains(NAME), "damage at byte " + at + ": " + all);
  }
}
