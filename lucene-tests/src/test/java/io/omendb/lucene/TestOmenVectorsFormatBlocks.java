/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene;

import org.apache.lucene.codecs.Codec;
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
}
