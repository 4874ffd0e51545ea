/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks.compare;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import org.apache.lucene.codecs.lucene104.Lucene104HnswScalarQuantizedVectorsFormat;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;
import org.apache.lucene.util.quantization.QuantizedByteVectorValues.ScalarEncoding;

/** All that can be compared. */
public final class Peers {
  static final int MAX_CONN = 16;
  static final int BEAM_WIDTH = 100;

  private static final int CODE_BYTES = 32;

  /** Finer codes gain little from raw vectors. */
  private static final int MOST_RESCORED_BITS = 4;

  private static final int[] BITS = {1, 2, 4, 8};

  private Peers() {}

  /** Peers by name. */
  public static Map<String, Peer> all() {
    Map<String, Peer> all = new LinkedHashMap<>();
    add(all, new OmenPeer());
    add(all, lucene());
    for (int bits : BITS) {
      add(all, lucene(bits));
    }
    add(all, JVectorPeer.withCodeBytes(CODE_BYTES));
    add(all, JVectorPeer.withDefaults());
    return all;
  }

  /** The named ones, in the order of the names. */
  public static List<Peer> named(List<String> names) {
    Map<String, Peer> all = all();
    for (String name : names) {
      if (!all.containsKey(name)) {
        throw new IllegalArgumentException(
            "peer must be one of " + String.join(", ", all.keySet()) + ", is " + name);
      }
    }
    return names.stream().map(all::get).toList();
  }

  private static void add(Map<String, Peer> all, Peer peer) {
    all.put(peer.name(), peer);
  }

  private static Peer lucene() {
    return new LucenePeer(
        "lucene-float",
        "Lucene99HnswVectorsFormat, " + graph(),
        (threads, executor) ->
            new FormatCodec(
                new Lucene99HnswVectorsFormat(
                    MAX_CONN, BEAM_WIDTH, threads, executorOf(threads, executor))),
        true,
        false);
  }

  private static Peer lucene(int bits) {
    ScalarEncoding encoding = ScalarEncoding.fromNumBits(bits);
    return new LucenePeer(
        "lucene-" + bits + "bit",
        "Lucene104HnswScalarQuantizedVectorsFormat, "
            + encoding
            + ", "
            + graph()
            + "; rescored: RescoreTopNQuery.createFullPrecisionRescorerQuery over k' answers",
        (threads, executor) ->
            new FormatCodec(
                new Lucene104HnswScalarQuantizedVectorsFormat(
                    encoding, MAX_CONN, BEAM_WIDTH, threads, executorOf(threads, executor))),
        false,
        bits <= MOST_RESCORED_BITS);
  }

  private static String graph() {
    return "maxConn " + MAX_CONN + ", beamWidth " + BEAM_WIDTH + ", a merge worker for each thread";
  }

  /** Lucene wants none for one merge worker. */
  private static ExecutorService executorOf(int threads, ExecutorService executor) {
    return threads == 1 ? null : executor;
  }
}
