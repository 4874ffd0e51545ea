/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene;

import org.apache.lucene.codecs.Codec;
import org.apache.lucene.tests.index.BaseKnnVectorsFormatTestCase;
import org.apache.lucene.tests.util.TestUtil;

/** Lucene's own conformance tests for a vectors format, none of them overridden. */
public class TestOmenVectorsFormat extends BaseKnnVectorsFormatTestCase {
  @Override
  protected Codec getCodec() {
    return TestUtil.alwaysKnnVectorsFormat(new OmenVectorsFormat());
  }

  // Not there to override in Lucene 10.3.
  @SuppressWarnings("MissingOverride")
  protected boolean supportsFloatVectorFallback() {
    return false;
  }
}
