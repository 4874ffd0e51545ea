/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.write;

import io.omendb.lucene.quantize.Codebook;
import io.omendb.lucene.store.BlockStore;
import java.io.IOException;
import java.util.List;

/** Representatives that the sources of a merge hand down. */
final class Representatives {
  private Representatives() {}

  /** Those of all sources that use a codebook, layout [representative][axis]. */
  static float[] known(List<Source> sources, Codebook codebook) throws IOException {
    int axes = codebook.axes();
    int count = 0;
    for (Source source : sources) {
      if (source.store().codebook().equals(codebook)) {
        count += source.store().blockCount();
      }
    }
    float[] known = new float[Math.multiplyExact(count, axes)];
    int at = 0;
    byte[] steps = new byte[axes];
    for (Source source : sources) {
      BlockStore store = source.store();
      if (!store.codebook().equals(codebook)) {
        continue;
      }
      BlockStore.Cursor cursor = store.cursor();
      for (int block = 0; block < store.blockCount(); block++) {
        cursor.readRepresentative(block, steps);
        for (byte step : steps) {
          known[at++] = step * store.representativeScales()[block];
        }
      }
    }
    return known;
  }
}
