/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What is indexed and what is asked: glosses drawn from WordNet, and example sentences of some of
 * them as held-out queries, which occur in no indexed text.
 */
record Corpus(List<Gloss> glosses, List<String> heldOutQueries) {
  /** Draws without chance and evenly over the files, so that equal arguments give equal texts. */
  static Corpus draw(List<Gloss> wordNet, int glosses, int queries) {
    List<Gloss> drawn = evenly(wordNet, glosses);
    List<String> sentences =
        drawn.stream()
            .flatMap(gloss -> gloss.examples().stream().filter(Corpus::isSentence).limit(1))
            .distinct()
            .toList();
    return new Corpus(drawn, evenly(sentences, queries));
  }

  /** The texts of the glosses, then the held-out queries. */
  List<String> texts() {
    return Stream.concat(glosses.stream().map(Gloss::text), heldOutQueries.stream()).toList();
  }

  private static boolean isSentence(String text) {
    return text.split(" ").length >= 4;
  }

  private static <T> List<T> evenly(List<T> all, int count) {
    int drawn = Math.min(count, all.size());
    return IntStream.range(0, drawn)
        .mapToObj(i -> all.get((int) ((long) i * all.size() / drawn)))
        .collect(ArrayList::new, List::add, List::addAll);
  }
}
