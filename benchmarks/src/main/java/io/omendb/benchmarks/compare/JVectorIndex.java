/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks.compare;

import io.github.jbellis.jvector.graph.GraphSearcher;
import io.github.jbellis.jvector.graph.ImmutableGraphIndex.ScoringView;
import io.github.jbellis.jvector.graph.SearchResult;
import io.github.jbellis.jvector.graph.SearchResult.NodeScore;
import io.github.jbellis.jvector.graph.similarity.DefaultSearchScoreProvider;
import io.github.jbellis.jvector.graph.similarity.ScoreFunction.ExactScoreFunction;
import io.github.jbellis.jvector.util.Bits;
import io.github.jbellis.jvector.vector.types.VectorFloat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Segments of JVector. */
final class JVectorIndex implements PeerIndex {
  private final List<JVectorSegment> segments;
  private final int size;

  JVectorIndex(List<JVectorSegment> segments) {
    this.segments = segments;
    this.size = segments.stream().mapToInt(JVectorSegment::size).sum();
  }

  @Override
  public RowSearcher searcher() {
    return new Searcher();
  }

  @Override
  public IndexBytes bytes() throws IOException {
    long codes = 0;
    long graph = 0;
    long disk = 0;
    for (JVectorSegment segment : segments) {
      codes += segment.codeBytes();
      graph += segment.graphFileBytes() - segment.rawBytes();
      disk += segment.codeBytes() + segment.graphFileBytes();
    }
    return new IndexBytes(codes, graph, codes + graph, disk);
  }

  @Override
  public int segments() {
    return segments.size();
  }

  @Override
  public void close() throws IOException {
    for (JVectorSegment segment : segments) {
      segment.close();
    }
  }

  /** An answer. */
  private record Hit(int row, float score) {}

  private final class Searcher implements RowSearcher {
    private final List<GraphSearcher> searchers = new ArrayList<>();

    Searcher() {
      for (JVectorSegment segment : segments) {
        searchers.add(new GraphSearcher(segment.graph()));
      }
    }

    @Override
    public int[] search(float[] vector, int k, Setting setting, RowFilter filter) {
      VectorFloat<?> query = JVectorBuild.TYPES.createFloatVector(vector);
      List<Hit> hits = new ArrayList<>();
      for (int i = 0; i < segments.size(); i++) {
        int wanted = share(segments.get(i).size(), (int) (setting.value() * k));
        search(i, query, Math.min(k, wanted), wanted, filter, hits);
      }
      return hits.stream()
          .sorted(Comparator.comparingDouble(hit -> -hit.score))
          .limit(k)
          .mapToInt(Hit::row)
          .toArray();
    }

    /** What Lucene asks of a segment when so many are wanted of all. */
    private int share(int ofSegment, int wanted) {
      double share = (double) ofSegment / size;
      double mean = wanted * share;
      return (int) Math.min(wanted, Math.ceil(mean + 16 * Math.sqrt(mean * (1 - share))));
    }

    private void search(
        int number, VectorFloat<?> query, int k, int rerank, RowFilter filter, List<Hit> hits) {
      JVectorSegment segment = segments.get(number);
      GraphSearcher searcher = searchers.get(number);
      ExactScoreFunction exact =
          ((ScoringView) searcher.getView()).rerankerFor(query, JVectorBuild.SIMILARITY);
      if (filter != null) {
        int[] accepted = filter.accepted();
        int from = place(accepted, segment.from());
        int to = place(accepted, segment.from() + segment.size());
        double walk = Math.log(segment.size()) * rerank * segment.size() / Math.max(1, to - from);
        if (to - from <= walk) {
          for (int i = from; i < to; i++) {
            hits.add(new Hit(accepted[i], exact.similarityTo(accepted[i] - segment.from())));
          }
          return;
        }
      }
      Bits bits = filter == null ? Bits.ALL : node -> filter.rows().get(segment.from() + node);
      DefaultSearchScoreProvider scores =
          new DefaultSearchScoreProvider(
              segment.codes().precomputedScoreFunctionFor(query, JVectorBuild.SIMILARITY), exact);
      SearchResult result = searcher.search(scores, k, rerank, 0, 0, bits);
      for (NodeScore node : result.getNodes()) {
        hits.add(new Hit(segment.from() + node.node, node.score));
      }
    }

    private static int place(int[] ascending, int row) {
      int place = Arrays.binarySearch(ascending, row);
      return place < 0 ? -place - 1 : place;
    }

    @Override
    public void close() throws IOException {
      for (GraphSearcher searcher : searchers) {
        searcher.close();
      }
    }
  }
}
