/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.write;

import io.omendb.lucene.quantize.Codebook;
import java.util.List;

/** Representatives that the sources of a merge hand down. */
final class Representatives {
  private Representatives() {}

  /** Those of all sources that use a codebook, layout [representative][axis]. */
  static float[] known(List<Source> sources, Codebook codebook) {
    int axes = codebook.axes();
    int count = 0;
    for (Source source : sources) {
      if (source.store().codebook().equals(codebook)) {
        count += source.store().blockCount();
      }
    }
    float[] known = new float[Math.multiplyExact(count, axes)];
    int at = 0;
    for (Source source : sources) {
      if (source.store().codebook().equals(codebook)) {
        float[] middles = source.store().representatives().decode(codebook);
        System.arraycopy(middles, 0, known, at, middles.length);
        at += middles.length;
      }
    }
    return known;
  }
}
