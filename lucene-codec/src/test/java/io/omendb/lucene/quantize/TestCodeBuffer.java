/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.quantize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestCodeBuffer {

  @ParameterizedTest
  @ValueSource(
      ints = {1, CodeBuffer.PAGE_SIZE - 1, CodeBuffer.PAGE_SIZE, 2 * CodeBuffer.PAGE_SIZE + 5})
  void testCodesComeBack(int count) {
    CodeBuffer codes = new CodeBuffer(count, 3);
    for (int ord = count - 1; ord >= 0; ord--) {
      codes.set(ord, new byte[] {99, (byte) ord, (byte) (ord >> 8), 1, 99}, 1);
    }
    assertEquals(count, codes.count());
    assertEquals(3, codes.codeLength());
    for (int ord = 0; ord < count; ord++) {
      byte[] page = codes.page(ord);
      int at = codes.offset(ord);
      assertEquals((byte) ord, page[at]);
      assertEquals((byte) (ord >> 8), page[at + 1]);
      assertEquals(1, page[at + 2]);
      assertSame(codes.page(ord - ord % CodeBuffer.PAGE_SIZE), page);
    }
  }
}
