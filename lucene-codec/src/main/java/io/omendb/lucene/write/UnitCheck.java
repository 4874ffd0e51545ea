/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.write;

import io.omendb.lucene.quantize.UnitLength;
import io.omendb.lucene.quantize.VectorSource;
import java.io.IOException;

/** Passes vectors on and notes whether all that were read are of unit length; for one thread. */
final class UnitCheck implements VectorSource {
  private final VectorSource source;
  private boolean allUnit = true;

  UnitCheck(VectorSource source) {
    this.source = source;
  }

  boolean allUnit() {
    return allUnit;
  }

  @Override
  public int size() {
    return source.size();
  }

  @Override
  public int dimension() {
    return source.dimension();
  }

  @Override
  public void read(int ord, float[] target, int offset) throws IOException {
    source.read(ord, target, offset);
    allUnit = allUnit && UnitLength.is(target, offset, source.dimension());
  }

  @Override
  public VectorSource copy() throws IOException {
    return new UnitCheck(source.copy());
  }
}
