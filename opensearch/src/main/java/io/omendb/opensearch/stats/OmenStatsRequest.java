/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.opensearch.stats;

import java.io.IOException;
import org.opensearch.action.support.broadcast.BroadcastRequest;
import org.opensearch.core.common.io.stream.StreamInput;

/** Asks for the vector fields of some indexes, of all if none is named. */
public final class OmenStatsRequest extends BroadcastRequest<OmenStatsRequest> {
  OmenStatsRequest(String... indices) {
    super(indices);
  }

  OmenStatsRequest(StreamInput in) throws IOException {
    super(in);
  }
}
