/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class TestMetadataFilter {
  private static String errorOf(String filter) {
    return assertThrows(IllegalArgumentException.class, () -> MetadataFilter.parse(filter))
        .getMessage();
  }

  @Test
  void matchesAllTerms() {
    MetadataFilter filter = MetadataFilter.parse("pos=n, topic=noun.animal");
    assertTrue(filter.matches(new Gloss("", "n", "noun.animal", List.of())));
    assertFalse(filter.matches(new Gloss("", "n", "noun.plant", List.of())));
    assertFalse(filter.matches(new Gloss("", "v", "noun.animal", List.of())));
    assertEquals(
        "#ConstantScore(pos:n) #ConstantScore(topic:noun.animal)", filter.query().toString());
  }

  @Test
  void emptyTakesAll() {
    assertEquals(MetadataFilter.ALL, MetadataFilter.parse(" "));
    assertNull(MetadataFilter.ALL.query());
  }

  @Test
  void namesTheNearest() {
    assertTrue(errorOf("topic=noun.anmal").contains("nearest: noun.animal,"));
    assertTrue(errorOf("topc=noun.animal").contains("nearest: topic"));
    assertTrue(errorOf("pos").contains("field=value"));
  }
}
