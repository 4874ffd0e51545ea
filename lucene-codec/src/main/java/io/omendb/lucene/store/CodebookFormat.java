/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.store;

import io.omendb.lucene.quantize.Codebook;
import io.omendb.lucene.simd.Kernels;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.WeakHashMap;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.IndexOutput;

/**
 * A codebook in the metadata:
 *
 * <ul>
 *   <li><b>[vint]</b> vectors in the training sample
 *   <li><b>[int32]</b> bits of the float error on held-out vectors
 *   <li><b>[int32]</b> bits of the float noise of distances, see {@link Codebook#noise()}
 *   <li><b>[vint] x subspaces</b> axes of each subspace
 *   <li><b>[float] x dimension</b> mean
 *   <li><b>[float] x dimension x axes</b> rotation, layout [dimension][axis]
 *   <li><b>[float] x axes x 256</b> centroids, layout [subspace][axis of the subspace][centroid]
 * </ul>
 *
 * The numbers of subspaces and of axes follow from the dimension: {@link Codebook#subspaces(int)},
 * {@link Codebook#axes(int)}.
 */
final class CodebookFormat {
  /** Segments that share a codebook share one copy in memory, and tables made from it. */
  private static final Map<Codebook, WeakReference<Codebook>> OPEN = new WeakHashMap<>();

  private CodebookFormat() {}

  static void write(Codebook codebook, IndexOutput out) throws IOException {
    out.writeVInt(codebook.trainedOn());
    out.writeInt(Float.floatToIntBits(codebook.error()));
    out.writeInt(Float.floatToIntBits(codebook.noise()));
    for (int s = 0; s < codebook.subspaces(); s++) {
      out.writeVInt(codebook.width(s));
    }
    Floats.write(out, codebook.mean());
    Floats.write(out, codebook.rotation());
    Floats.write(out, codebook.centroids());
  }

  static Codebook read(IndexInput in, int dimension, String field) throws IOException {
    int axes = Codebook.axes(dimension);
    int trainedOn = in.readVInt();
    float error = Float.intBitsToFloat(in.readInt());
    float noise = Float.intBitsToFloat(in.readInt());
    int[] offsets = new int[Codebook.subspaces(dimension) + 1];
    for (int s = 0; s + 1 < offsets.length; s++) {
      int width = in.readVInt();
      if (width < 1 || width > axes - offsets[s]) {
        throw new CorruptIndexException(
            "field \"" + field + "\": subspace " + s + " has " + width + " of " + axes + " axes",
            in);
      }
      offsets[s + 1] = offsets[s] + width;
    }
    if (offsets[offsets.length - 1] != axes) {
      throw new CorruptIndexException(
          "field \""
              + field
              + "\": subspaces cover "
              + offsets[offsets.length - 1]
              + " of "
              + axes
              + " axes",
          in);
    }
    return shared(
        new Codebook(
            Floats.read(in, dimension),
            Floats.read(in, dimension * axes),
            offsets,
            Floats.read(in, axes * Kernels.CENTROIDS),
            trainedOn,
            error,
            noise));
  }

  private static Codebook shared(Codebook codebook) {
    synchronized (OPEN) {
      WeakReference<Codebook> reference = OPEN.get(codebook);
      Codebook open = reference == null ? null : reference.get();
      if (open == null) {
        OPEN.put(codebook, new WeakReference<>(codebook));
        return codebook;
      }
      return open;
    }
  }
}
