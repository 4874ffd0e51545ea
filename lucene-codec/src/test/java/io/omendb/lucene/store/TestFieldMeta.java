/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.omendb.lucene.quantize.Codebooks;
import io.omendb.lucene.quantize.Metric;
import java.io.IOException;
import java.util.function.UnaryOperator;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.store.IndexInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TestFieldMeta {
  private static final FieldInfo FIELD = Files.field("colour", 7, 3);

  static FieldMeta blocks(int fieldNumber, Metric metric, boolean unitVectors) {
    return new FieldMeta(
        fieldNumber,
        3,
        1000,
        new FieldMeta.Blocks(metric, unitVectors, 1.5f, 111, 1L << 40, 333, Codebooks.grid(3)));
  }

  private static FieldMeta roundTrip(FieldMeta meta) throws IOException {
    IndexInput in = Files.file(meta::write);
    assertEquals(meta.fieldNumber(), in.readInt());
    FieldMeta read = FieldMeta.read(in, FIELD);
    assertEquals(in.length(), in.getFilePointer());
    return read;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, Integer.MAX_VALUE})
  void testRawOnly(int count) throws IOException {
    FieldMeta meta = new FieldMeta(7, 3, count, null);
    assertEquals(meta, roundTrip(meta));
  }

  @ParameterizedTest
  @EnumSource(Metric.class)
  void testBlocks(Metric metric) throws IOException {
    for (boolean unitVectors : new boolean[] {true, false}) {
      FieldMeta meta = blocks(7, metric, unitVectors);
      assertEquals(meta, roundTrip(meta));
    }
  }

  @Test
  void testLengthsFollowFromTheCount() {
    FieldMeta meta = blocks(7, Metric.SQUARED_DISTANCE, false);
    assertEquals(16, meta.blockCount());
    assertEquals(16 * 64 * 3, meta.codesLength());
  }

  private static String corrupt(UnaryOperator<byte[]> change) throws IOException {
    IndexInput whole = Files.file(blocks(7, Metric.SQUARED_DISTANCE, false)::write);
    byte[] bytes = change.apply(Files.bytes(whole));
    IndexInput in = Files.file(out -> out.writeBytes(bytes, 4, bytes.length - 4));
    String message =
        assertThrows(CorruptIndexException.class, () -> FieldMeta.read(in, FIELD)).getMessage();
    assertTrue(message.contains("test.bin"), message);
    assertTrue(message.contains("field \"colour\""), message);
    return message;
  }

  /** One byte changed; 1000 vectors take two bytes. */
  @ParameterizedTest
  @CsvSource({
    "4, 5, 'dimension 5, but the field has 3'",
    "7, 9, 'layout 9 of 1000 vectors'",
    "8, 77, 'unknown metric 77'",
    "9, 2, 'unit vectors is 2'",
    "13, 127, 'search depth'",
    "13, -1, 'search depth'",
    "37, -1, 'graph of -'"
  })
  void testWrongByte(int at, byte value, String expected) throws IOException {
    String message =
        corrupt(bytes -> {
          bytes[at] = value;
          if (at == 13) {
            bytes[12] = (byte) 0x80;
          }
          return bytes;
        });
    assertTrue(message.contains(expected), message);
  }

  @Test
  void testNoVectorsInBlocks() throws IOException {
    String message =
        corrupt(bytes -> {
          // A count of two bytes with the value 0.
          bytes[5] = (byte) 0x80;
          bytes[6] = 0;
          return bytes;
        });
    assertTrue(message.contains("layout 1 of 0 vectors"), message);
  }

  @Test
  void testWireNumbersOfMetricsNeverChange() {
    assertEquals(0, Metric.SQUARED_DISTANCE.wireNumber());
    assertEquals(1, Metric.DOT_PRODUCT.wireNumber());
    for (Metric metric : Metric.values()) {
      assertEquals(metric, Metric.ofWireNumber(metric.wireNumber()));
    }
  }
}
