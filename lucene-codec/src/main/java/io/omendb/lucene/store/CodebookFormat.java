/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.store;

import io.omendb.lucene.quantize.Centroids;
import io.omendb.lucene.quantize.Codebook;
import io.omendb.lucene.quantize.Rotation;
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
 *   <li><b>[float] x axes</b> value of a step of each axis of the rotation
 *   <li><b>[int8] x dimension x axes</b> rotation in these steps, layout [dimension][axis]
 *   <li><b>[float] x axes</b> value of a step of each axis of the centroids
 *   <li><b>[int16] x axes x 256</b> centroids in these steps, layout [axis][centroid], the axes of
 *       one subspace after those of another
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
    Rotation rotation = codebook.rotation();
    Floats.write(out, rotation.scales());
    out.writeBytes(rotation.steps(), rotation.steps().length);
    Floats.write(out, codebook.centroids().scales());
    for (short step : codebook.centroids().steps()) {
      out.writeShort(step);
    }
  }

  static Codebook read(IndexInput in, int dimension, String field) throws IOException {
    int axes = Codebook.axes(dimension);
    long length =
        (dimension + 2L * axes) * Float.BYTES
            + (long) dimension * axes
            + (long) axes * Kernels.CENTROIDS * Short.BYTES;
    // The file bounds what is allocated.
    if (length > in.length() - in.getFilePointer()) {
      throw new CorruptIndexException(
          "field \"" + field + "\": a codebook of more than " + length + " bytes, beyond the file",
          in);
    }
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
    float[] mean = Floats.read(in, dimension);
    float[] scales = Floats.read(in, axes);
    byte[] rotation = new byte[dimension * axes];
    in.readBytes(rotation, 0, rotation.length);
    float[] centroidScales = Floats.read(in, axes);
    short[] centroids = new short[axes * Kernels.CENTROIDS];
    for (int i = 0; i < centroids.length; i++) {
      centroids[i] = in.readShort();
    }
    return shared(
        new Codebook(
            mean,
            new Rotation(rotation, scales),
            offsets,
            new Centroids(centroids, centroidScales),
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
