/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.opensearch.codec;

import java.util.function.Function;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.codecs.FilterCodec;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.perfield.PerFieldKnnVectorsFormat;

/**
 * A codec whose vectors format is chosen anew for each field of each segment, so that mappings may
 * change. It keeps the name of the codec that it is laid over: segments record the format of every
 * field, and are read by the codec of that name.
 */
final class FieldVectorsCodec extends FilterCodec {
  private final KnnVectorsFormat format;

  /**
   * Lays a choice over a codec.
   *
   * @param choice the format of a field by its name, null for the delegate's
   */
  FieldVectorsCodec(Codec delegate, Function<String, KnnVectorsFormat> choice) {
    super(delegate.getName(), delegate);
    if (!(delegate.knnVectorsFormat() instanceof PerFieldKnnVectorsFormat others)) {
      throw new IllegalArgumentException(
          "[index.codec] gives "
              + delegate.getName()
              + ", which does not choose its vectors format by field and could not read omen_vector"
              + " fields");
    }
    this.format =
        new PerFieldKnnVectorsFormat() {
          @Override
          public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
            KnnVectorsFormat chosen = choice.apply(field);
            return chosen == null ? others.getKnnVectorsFormatForField(field) : chosen;
          }
        };
  }

  @Override
  public KnnVectorsFormat knnVectorsFormat() {
    return format;
  }
}
