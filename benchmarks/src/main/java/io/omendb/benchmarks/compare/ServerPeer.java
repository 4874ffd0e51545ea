/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks.compare;

import static java.util.Locale.ROOT;

import java.util.Arrays;
import java.util.List;

/**
 * A plugin of OpenSearch in the comparison of servers.
 *
 * @param name also the name of its index
 * @param setting the index setting that gives the index to the plugin
 * @param type the field's type and parameters in the mapping, as JSON without braces; {@code %d} is
 *     its dimension
 * @param query the name of its query
 * @param options what is added to a query, from quick to thorough, as JSON
 */
public record ServerPeer(
    String name, String setting, String type, String query, List<String> options) {

  /** The field of all peers. */
  public static final String FIELD = "v";

  private static final String KNN =
      "\"type\": \"knn_vector\", \"dimension\": %d, \"method\": {\"name\": \"hnsw\", \"engine\":"
          + " \"lucene\", \"space_type\": \"cosinesimil\", \"parameters\": {\"m\": 16,"
          + " \"ef_construction\": 100";

  /** This plugin, and the engine {@code lucene} of the k-NN plugin, with floats and 7 bits. */
  public static final List<ServerPeer> ALL =
      List.of(
          new ServerPeer(
              "omen",
              "index.omen",
              "\"type\": \"omen_vector\", \"dimension\": %d, \"similarity\": \"cosine\"",
              "omen_knn",
              each("\"search_depth\": %s", "0.25", "0.5", "0.75", "1", "1.5", "2", "3", "4", "6")),
          knn("knn-lucene", "}}"),
          knn("knn-lucene-sq", ", \"encoder\": {\"name\": \"sq\"}}}"));

  private static ServerPeer knn(String name, String parameters) {
    return new ServerPeer(
        name,
        "index.knn",
        KNN + parameters,
        "knn",
        each(
            "\"method_parameters\": {\"ef_search\": %s}",
            "10", "20", "40", "60", "80", "120", "160", "240", "320"));
  }

  private static List<String> each(String option, String... values) {
    return Arrays.stream(values).map(value -> String.format(ROOT, option, value)).toList();
  }

  /** An index of one shard; documents keep no JSON. */
  String index(int dimension) {
    return String.format(
        ROOT,
        """
        {"settings": {"%s": true, "number_of_shards": 1, "number_of_replicas": 0,
                      "refresh_interval": -1},
         "mappings": {"_source": {"enabled": false, "recovery_source_enabled": false},
                      "properties": {"%s": {%s}}}}
        """,
        setting,
        FIELD,
        String.format(ROOT, type, dimension));
  }

  /** A search for the nearest. */
  String search(float[] vector, int k, String option) {
    return String.format(
        ROOT,
        "{\"size\": %d, \"_source\": false, \"query\": {\"%s\": {\"%s\": {\"vector\": %s, \"k\":"
            + " %d, %s}}}}",
        k,
        query,
        FIELD,
        Arrays.toString(vector),
        k,
        option);
  }
}
