/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks.compare;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The index of a {@link ServerPeer} on a node, over HTTP. */
public final class ServerIndex {
  private static final Pattern ID = Pattern.compile("\"_id\":\"(\\d+)\"");
  private static final Pattern NUMBER = Pattern.compile("\"number\" *: *\"([^\"]+)\"");
  private static final int BATCH = 500;

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI node;
  private final ServerPeer peer;

  /**
   * An index that may not exist as yet.
   *
   * @param node address of the node
   */
  public ServerIndex(URI node, ServerPeer peer) {
    this.node = node;
    this.peer = peer;
  }

  /** Creates the index anew. */
  public void create(int dimension) throws IOException, InterruptedException {
    send("DELETE", "/" + peer.name() + "?ignore_unavailable=true", null);
    send("PUT", "/" + peer.name(), peer.index(dimension));
  }

  /** Requests that add rows of a thread's share of the rows; ids are row numbers. */
  public Callable<Void> adding(float[][] rows, int from, int to) {
    return () -> {
      for (int start = from; start < to; start += BATCH) {
        StringBuilder bulk = new StringBuilder();
        for (int row = start; row < Math.min(to, start + BATCH); row++) {
          bulk.append("{\"index\":{\"_id\":\"").append(row).append("\"}}\n{\"");
          bulk.append(ServerPeer.FIELD).append("\":").append(Arrays.toString(rows[row]));
          bulk.append("}\n");
        }
        String answer = send("POST", "/" + peer.name() + "/_bulk", bulk.toString());
        if (!answer.contains("\"errors\":false")) {
          throw new IOException("bulk: " + answer);
        }
      }
      return null;
    };
  }

  /** Makes what was added visible and durable. */
  public void flush() throws IOException, InterruptedException {
    send("POST", "/" + peer.name() + "/_flush?force=true", "");
    send("POST", "/" + peer.name() + "/_refresh", "");
  }

  /** Merges into one segment. */
  public void merge() throws IOException, InterruptedException {
    send("POST", "/" + peer.name() + "/_forcemerge?max_num_segments=1", "");
    flush();
  }

  /** Bytes on disk. */
  public long bytes() throws IOException, InterruptedException {
    return Long.parseLong(
        send("GET", "/_cat/indices/" + peer.name() + "?h=store.size&bytes=b", null).strip());
  }

  /** Documents and segments, for the result file. */
  public String state() throws IOException, InterruptedException {
    return send("GET", "/_cat/indices/" + peer.name() + "?h=docs.count,store.size", null).strip()
        + ", "
        + send("GET", "/_cat/segments/" + peer.name() + "?h=segment", null).lines().count()
        + " segments";
  }

  /** Versions of the server and of the plugins in its directory. */
  public String versions() throws IOException, InterruptedException {
    Matcher number = NUMBER.matcher(send("GET", "/", null));
    String plugins = send("GET", "/_cat/plugins?h=component,version", null);
    return "OpenSearch "
        + (number.find() ? number.group(1) : "")
        + ", "
        + plugins.strip().replaceAll(" +", " ").replace("\n", ", ");
  }

  /** Rows of the nearest, best first. */
  public int[] search(float[] vector, int k, String option)
      throws IOException, InterruptedException {
    String answer = send("POST", "/" + peer.name() + "/_search", peer.search(vector, k, option));
    int[] rows = new int[k];
    int count = 0;
    for (Matcher id = ID.matcher(answer); id.find(); ) {
      rows[count++] = Integer.parseInt(id.group(1));
    }
    return Arrays.copyOf(rows, count);
  }

  private String send(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(node.resolve(path))
            .timeout(Duration.ofHours(1))
            .header("Content-Type", "application/json")
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
    if (response.statusCode() / 100 != 2) {
      throw new IOException(method + " " + path + ": " + response.body());
    }
    return response.body();
  }
}
