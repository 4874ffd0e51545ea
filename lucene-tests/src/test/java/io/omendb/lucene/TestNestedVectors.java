/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.join.BitSetProducer;
import org.apache.lucene.search.join.CheckJoinIndex;
import org.apache.lucene.search.join.DiversifyingChildrenByteKnnVectorQuery;
import org.apache.lucene.search.join.DiversifyingChildrenFloatKnnVectorQuery;
import org.apache.lucene.search.join.QueryBitSetProducer;
import org.apache.lucene.store.Directory;

/** Of vectors nested in parent documents, the best of each of the best parents comes back. */
public class TestNestedVectors extends OmenTestCase {
  private static final Query PARENTS = new TermQuery(new Term("kind", "parent"));
  private static final BitSetProducer PARENT_BITS = new QueryBitSetProducer(PARENTS);

  public void testFloats() throws IOException {
    VectorSimilarityFunction similarity = VectorSimilarityFunction.COSINE;
    check(
        Vectors.of(GloveSample.base(), similarity),
        Vectors.of(GloveSample.queries(), similarity),
        fewChildren());
  }

  public void testBytes() throws IOException {
    VectorSimilarityFunction similarity = VectorSimilarityFunction.EUCLIDEAN;
    check(
        Vectors.of(GloveSample.bytes(GloveSample.base()), similarity),
        Vectors.of(GloveSample.bytes(GloveSample.queries()), similarity),
        fewChildren());
  }

  /** Whatever is searched for, the nearest of all children belong to few parents. */
  public void testFewLargeParentsHideTheOthers() throws IOException {
    VectorSimilarityFunction similarity = VectorSimilarityFunction.EUCLIDEAN;
    float[][] queries = Arrays.copyOf(GloveSample.queries(), 10);
    float[][] base = GloveSample.base().clone();
    int[] parents = new int[base.length];
    for (int row = 0; row < base.length; row++) {
      // Half of the vectors lie close around the queries, as children of one parent each.
      if (row < base.length / 2) {
        parents[row] = row / (base.length / 2 / queries.length);
        base[row] = queries[parents[row]].clone();
        for (int d = 0; d < base[row].length; d++) {
          base[row][d] += (float) random().nextGaussian() * 1e-3f;
        }
      } else {
        parents[row] = row / 4;
      }
    }
    check(Vectors.of(base, similarity), Vectors.of(queries, similarity), parents);
  }

  private static int[] fewChildren() {
    int[] parents = new int[GloveSample.base().length];
    for (int row = 1; row < parents.length; row++) {
      parents[row] = parents[row - 1] + (random().nextInt(5) == 0 ? 1 : 0);
    }
    return parents;
  }

  /**
   * Indexes and searches.
   *
   * @param parents number of the parent of each row, ascending
   */
  private static void check(Vectors base, Vectors queries, int[] parents) throws IOException {
    try (Directory directory = newDirectory()) {
      try (IndexWriter writer = new IndexWriter(directory, config(OmenVectorsOptions.DEFAULT))) {
        for (int from = 0, to = 0; from < base.size(); from = to) {
          List<Document> block = new ArrayList<>();
          for (; to < base.size() && parents[to] == parents[from]; to++) {
            block.add(document(to, base));
          }
          Document parent = document(base.size() + parents[from]);
          parent.add(new StringField("kind", "parent", Field.Store.NO));
          block.add(parent);
          writer.addDocuments(block);
        }
        writer.forceMerge(1);
      }
      try (DirectoryReader reader = DirectoryReader.open(directory)) {
        CheckJoinIndex.check(reader, PARENT_BITS);
        Vectors asked = queries.range(0, Math.min(100, queries.size()));
        for (int k : new int[] {1, 10, 50}) {
          double sum = 0;
          for (int q = 0; q < asked.size(); q++) {
            sum += recall(base, asked, q, k, parents, searcher(reader));
          }
          assertRecall("parents", k, sum / asked.size());
        }
      }
    }
  }

  /** Share of the best parents; which of the children stands for each is a matter of recall too. */
  private static double recall(
      Vectors base, Vectors asked, int q, int k, int[] parents, IndexSearcher searcher)
      throws IOException {
    float[] best = new float[parents[parents.length - 1] + 1];
    for (int row = 0; row < base.size(); row++) {
      best[parents[row]] = Math.max(best[parents[row]], base.score(asked, q, row));
    }
    float[] sorted = best.clone();
    Arrays.sort(sorted);
    float least = sorted[sorted.length - k];
    Query query =
        asked.isBytes()
            ? new DiversifyingChildrenByteKnnVectorQuery(
                FIELD, asked.bytes()[q], null, k, PARENT_BITS)
            : new DiversifyingChildrenFloatKnnVectorQuery(
                FIELD, asked.floats()[q], null, k, PARENT_BITS);
    TopDocs hits = searcher.search(query, k);
    assertEquals("parents", k, hits.scoreDocs.length);
    int[] rows = rows(searcher.getIndexReader().leaves(), hits.scoreDocs);
    Set<Integer> found = new HashSet<>();
    int right = 0;
    for (int i = 0; i < k; i++) {
      ScoreDoc hit = hits.scoreDocs[i];
      float exact = base.score(asked, q, rows[i]);
      assertEquals("score", exact, hit.score, tolerance(exact));
      assertTrue("one child a parent", found.add(parents[rows[i]]));
      right += best[parents[rows[i]]] >= least - tolerance(least) ? 1 : 0;
    }
    return (double) right / k;
  }
}
