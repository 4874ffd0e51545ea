/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene;

import java.util.Objects;
import java.util.function.Predicate;
import org.apache.lucene.codecs.Codec;
import org.apache.lucene.codecs.FilterCodec;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.perfield.PerFieldKnnVectorsFormat;

/**
 * A codec with another vectors format: {@code config.setCodec(OmenCodec.over(Codec.getDefault()))}.
 * It keeps the name of the codec that it is laid over, and every field records its format, so an
 * index is read by anything that has this jar on its class path.
 */
public final class OmenCodec extends FilterCodec {
  private final KnnVectorsFormat format;

  private OmenCodec(Codec delegate, OmenVectorsFormat omen, Predicate<String> fields) {
    super(delegate.getName(), delegate);
    if (!(delegate.knnVectorsFormat() instanceof PerFieldKnnVectorsFormat others)) {
      throw new IllegalArgumentException(
          "codec "
              + delegate.getName()
              + " does not choose its vectors format by field ("
              + delegate.knnVectorsFormat()
              + "), so it could not read what this one writes");
    }
    this.format =
        new PerFieldKnnVectorsFormat() {
          @Override
          public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
            return fields.test(field) ? omen : others.getKnnVectorsFormatForField(field);
          }
        };
  }

  /** The format with default options for every vector field. */
  public static OmenCodec over(Codec delegate) {
    return over(delegate, OmenVectorsOptions.DEFAULT);
  }

  /** The format with the given options for every vector field. */
  public static OmenCodec over(Codec delegate, OmenVectorsOptions options) {
    return over(delegate, options, field -> true);
  }

  /**
   * The format for some fields.
   *
   * @param delegate provides all else; its vectors format must be chosen by field, as Lucene's own
   *     codecs do
   * @param fields accepts the names of fields that use this format
   */
  public static OmenCodec over(
      Codec delegate, OmenVectorsOptions options, Predicate<String> fields) {
    return new OmenCodec(
        Objects.requireNonNull(delegate, "delegate"),
        new OmenVectorsFormat(options),
        Objects.requireNonNull(fields, "fields"));
  }

  @Override
  public KnnVectorsFormat knnVectorsFormat() {
    return format;
  }
}
