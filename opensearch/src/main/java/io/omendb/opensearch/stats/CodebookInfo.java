/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.opensearch.stats;

import io.omendb.lucene.SegmentStats;
import java.io.IOException;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.common.io.stream.Writeable;
import org.opensearch.core.xcontent.ToXContent;
import org.opensearch.core.xcontent.XContentBuilder;

/**
 * The codebook of a segment.
 *
 * @param id equal for segments that share it
 * @param trainedOn vectors of the training sample
 * @param error mean squared error of reconstruction on vectors held out of the sample
 * @param noise standard deviation of the error of a squared distance, divided by the distance
 */
record CodebookInfo(String id, int trainedOn, float error, float noise)
    implements Writeable, ToXContent {

  static CodebookInfo of(SegmentStats.CodebookStats stats) {
    return new CodebookInfo(stats.id(), stats.trainedOn(), stats.error(), stats.noise());
  }

  CodebookInfo(StreamInput in) throws IOException {
    this(in.readString(), in.readVInt(), in.readFloat(), in.readFloat());
  }

  @Override
  public void writeTo(StreamOutput out) throws IOException {
    out.writeString(id);
    out.writeVInt(trainedOn);
    out.writeFloat(error);
    out.writeFloat(noise);
  }

  @Override
  public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
    return builder
        .field("id", id)
        .field("trained_on", trainedOn)
        .field("error", error)
        .field("noise", noise);
  }

  @Override
  public boolean isFragment() {
    return true;
  }
}
