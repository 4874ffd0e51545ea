/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.opensearch.stats;

import java.util.List;
import org.opensearch.action.support.IndicesOptions;
import org.opensearch.core.common.Strings;
import org.opensearch.rest.BaseRestHandler;
import org.opensearch.rest.RestRequest;
import org.opensearch.rest.action.RestToXContentListener;
import org.opensearch.transport.client.node.NodeClient;

/** {@code GET /_plugins/_omen/stats} and {@code GET /_plugins/_omen/{index}/stats}. */
public final class RestOmenStatsAction extends BaseRestHandler {
  @Override
  public String getName() {
    return "omen_stats";
  }

  @Override
  public List<Route> routes() {
    return List.of(
        new Route(RestRequest.Method.GET, "/_plugins/_omen/stats"),
        new Route(RestRequest.Method.GET, "/_plugins/_omen/{index}/stats"));
  }

  @Override
  protected RestChannelConsumer prepareRequest(RestRequest request, NodeClient client) {
    OmenStatsRequest stats =
        new OmenStatsRequest(Strings.splitStringByCommaToArray(request.param("index")));
    stats.indicesOptions(IndicesOptions.fromRequest(request, stats.indicesOptions()));
    return channel ->
        client.execute(OmenStatsAction.INSTANCE, stats, new RestToXContentListener<>(channel));
  }
}
