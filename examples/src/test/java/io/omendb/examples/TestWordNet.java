/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TestWordNet {
  @Test
  void cutsExamplesOffTheDefinition() {
    Gloss gloss =
        WordNet.parse(
            "00002684 03 n 02 physical_object 0 object 0 001 @ 00001930 n 0000 | a tangible entity;"
                + " an entity that can cast a shadow; \"it was full of rackets\"; \"and balls\"  ");
    assertEquals(
        "physical object: a tangible entity; an entity that can cast a shadow", gloss.text());
    assertEquals(List.of("it was full of rackets", "and balls"), gloss.examples());
    assertEquals("n", gloss.pos());
    assertEquals("noun.Tops", gloss.topic());
  }

  @Test
  void dropsTheMarkOfAnAdjective() {
    Gloss gloss =
        WordNet.parse("00004615 00 s 02 cut(a) 0 shortened 4 001 & 1 a 0000 | made short");
    assertEquals(new Gloss("cut: made short", "s", "adj.all", List.of()), gloss);
  }

  @Test
  void refusesOtherLines() {
    assertThrows(IllegalArgumentException.class, () -> WordNet.parse("no synset"));
  }

  @Test
  void readsAllFiles() throws IOException {
    List<Gloss> glosses = WordNet.read();
    assertEquals(117_791, glosses.size());
    assertEquals(
        new HashSet<>(WordNet.PARTS_OF_SPEECH),
        glosses.stream().map(Gloss::pos).collect(Collectors.toSet()));
    assertEquals(
        new HashSet<>(WordNet.TOPICS),
        glosses.stream().map(Gloss::topic).collect(Collectors.toSet()));
    assertEquals(
        "entity: that which is perceived or known or inferred to have its own distinct existence"
            + " (living or nonliving)",
        glosses.get(0).text());
  }

  @Test
  void drawsEvenlyAndKeepsQueriesOut() throws IOException {
    Corpus corpus = Corpus.draw(WordNet.read(), 5_000, 100);
    assertEquals(5_000, corpus.glosses().size());
    assertEquals(100, corpus.heldOutQueries().size());
    assertEquals(
        new HashSet<>(WordNet.PARTS_OF_SPEECH),
        corpus.glosses().stream().map(Gloss::pos).collect(Collectors.toSet()));
    for (String query : corpus.heldOutQueries()) {
      assertTrue(corpus.glosses().stream().noneMatch(gloss -> gloss.text().contains(query)), query);
    }
  }
}
