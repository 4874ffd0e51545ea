/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntConsumer;

/** The texts of the quickstart for other programs: glosses, and example sentences held out. */
public final class WordNetTexts {
  private final Corpus corpus;
  private final Map<String, Gloss> glossOfExample = new HashMap<>();

  private WordNetTexts(Corpus corpus) {
    this.corpus = corpus;
    for (Gloss gloss : corpus.glosses()) {
      gloss.examples().forEach(example -> glossOfExample.putIfAbsent(example, gloss));
    }
  }

  /** Draws evenly from all glosses, and from the example sentences of those drawn. */
  public static WordNetTexts draw(int glosses, int sentences) throws IOException {
    return new WordNetTexts(Corpus.draw(WordNet.read(), glosses, sentences));
  }

  /** Number of glosses. */
  public int glosses() {
    return corpus.glosses().size();
  }

  /** Number of held-out sentences. */
  public int sentences() {
    return corpus.heldOutQueries().size();
  }

  /** Text and metadata of the glosses, by column. */
  public Map<String, String[]> glossColumns() {
    return columns(corpus.glosses(), corpus.glosses().stream().map(Gloss::text).toList());
  }

  /** Text of the sentences and metadata of their glosses, by column. */
  public Map<String, String[]> sentenceColumns() {
    List<String> sentences = corpus.heldOutQueries();
    return columns(sentences.stream().map(glossOfExample::get).toList(), sentences);
  }

  private static Map<String, String[]> columns(List<Gloss> glosses, List<String> texts) {
    Map<String, String[]> columns = new LinkedHashMap<>();
    columns.put("text", texts.toArray(String[]::new));
    columns.put("pos", values(glosses, Gloss::pos));
    columns.put("lexname", values(glosses, Gloss::topic));
    return columns;
  }

  private static String[] values(List<Gloss> glosses, Function<Gloss, String> value) {
    return glosses.stream().map(value).toArray(String[]::new);
  }

  /**
   * Vectors of the glosses, then of the sentences, from a sentence encoder.
   *
   * @param cache keeps vectors, so that an interrupted run goes on where it stopped
   * @param progress is told how many more vectors are there: first those of the cache, then others
   */
  public float[][] embed(Path cache, IntConsumer progress) throws IOException {
    try (MiniLmEncoder encoder = new MiniLmEncoder()) {
      return new EmbeddingCache(cache, encoder).embed(corpus.texts(), progress);
    }
  }
}
