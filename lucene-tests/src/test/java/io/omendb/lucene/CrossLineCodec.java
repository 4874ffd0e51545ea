/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene;

import org.apache.lucene.codecs.Codec;
import org.apache.lucene.codecs.CompoundFormat;
import org.apache.lucene.codecs.DocValuesFormat;
import org.apache.lucene.codecs.FieldInfosFormat;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.LiveDocsFormat;
import org.apache.lucene.codecs.NormsFormat;
import org.apache.lucene.codecs.PointsFormat;
import org.apache.lucene.codecs.PostingsFormat;
import org.apache.lucene.codecs.SegmentInfoFormat;
import org.apache.lucene.codecs.StoredFieldsFormat;
import org.apache.lucene.codecs.TermVectorsFormat;
import org.apache.lucene.codecs.perfield.PerFieldKnnVectorsFormat;

/**
 * A codec of one name on all lines of Lucene, whose own codecs change their names and move to
 * another jar when they are succeeded. For indexes without terms, whose format changes too.
 */
public final class CrossLineCodec extends Codec {
  static final String NAME = "CrossLine";

  private final KnnVectorsFormat vectors =
      new PerFieldKnnVectorsFormat() {
        private final KnnVectorsFormat omen =
            new OmenVectorsFormat(OmenVectorsOptions.DEFAULT.withGraphThreshold(1));

        @Override
        public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
          return omen;
        }
      };

  /** For Lucene, which finds codecs by their names. */
  public CrossLineCodec() {
    super(NAME);
  }

  /** Asked for late, as there is no default while codecs are being found. */
  private static Codec lucene() {
    return Codec.getDefault();
  }

  @Override
  public KnnVectorsFormat knnVectorsFormat() {
    return vectors;
  }

  @Override
  public PostingsFormat postingsFormat() {
    return lucene().postingsFormat();
  }

  @Override
  public DocValuesFormat docValuesFormat() {
    return lucene().docValuesFormat();
  }

  @Override
  public StoredFieldsFormat storedFieldsFormat() {
    return lucene().storedFieldsFormat();
  }

  @Override
  public TermVectorsFormat termVectorsFormat() {
    return lucene().termVectorsFormat();
  }

  @Override
  public FieldInfosFormat fieldInfosFormat() {
    return lucene().fieldInfosFormat();
  }

  @Override
  public SegmentInfoFormat segmentInfoFormat() {
    return lucene().segmentInfoFormat();
  }

  @Override
  public NormsFormat normsFormat() {
    return lucene().normsFormat();
  }

  @Override
  public LiveDocsFormat liveDocsFormat() {
    return lucene().liveDocsFormat();
  }

  @Override
  public CompoundFormat compoundFormat() {
    return lucene().compoundFormat();
  }

  @Override
  public PointsFormat pointsFormat() {
    return lucene().pointsFormat();
  }
}
