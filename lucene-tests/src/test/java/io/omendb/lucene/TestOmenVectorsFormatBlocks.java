/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.perfield.PerFieldKnnVectorsFormat;
import org.apache.lucene.index.CodecReader;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.tests.index.BaseKnnVectorsFormatTestCase;
import org.apache.lucene.tests.util.TestUtil;

/** The base tests once more, with codes and a graph in every segment, however small. */
public class TestOmenVectorsFormatBlocks extends BaseKnnVectorsFormatTestCase {
  @Override
  protected Codec getCodec() {
    return TestUtil.alwaysKnnVectorsFormat(
        new OmenVectorsFormat(
            OmenVectorsOptions.DEFAULT.withCodesThreshold(1).withGraphThreshold(1)));
  }

  // Not marked as an override: the base class has this method from Lucene 10.4 on.
  @SuppressWarnings("MissingOverride")
  protected boolean supportsFloatVectorFallback() {
    return false;
  }

  /**
   * The base class expects a file of a graph only from readers that hand out a graph of vectors.
   */
  @SuppressWarnings("MissingOverride")
  protected void assertOffHeapByteSize(LeafReader reader, String fieldName) throws IOException {
    KnnVectorsReader vectors = ((CodecReader) reader).getVectorReader();
    if (vectors instanceof PerFieldKnnVectorsFormat.FieldsReader fields) {
      vectors = fields.getFieldReader(fieldName);
    }
    FieldInfo field = reader.getFieldInfos().fieldInfo(fieldName);
    Map<String, Long> bytes = vectors.getOffHeapByteSize(field);
    if (vectors instanceof OmenVectorsReader omen && omen.blocks(field) != null) {
      long blocks = omen.blocks(field).blockCount();
      int codeLength = Math.min(32, field.getVectorDimension());
      assertEquals(Set.of("vec", "vpq", "vex"), bytes.keySet());
      assertEquals(blocks * 64 * codeLength, (long) bytes.get("vpq"));
      assertTrue(bytes.get("vec") > 0 && bytes.get("vex") > 0);
    }
  }
}
