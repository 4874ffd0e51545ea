/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.examples;

import static java.util.Locale.ROOT;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.lucene.document.KeywordField;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.Query;

/** A filter on metadata such as {@code pos=n,topic=noun.animal}; without terms it takes all. */
record MetadataFilter(Map<String, String> terms) {
  static final MetadataFilter ALL = new MetadataFilter(Map.of());

  private static final int SUGGESTIONS = 5;
  private static final Map<String, List<String>> FIELDS =
      Map.of("pos", WordNet.PARTS_OF_SPEECH, "topic", WordNet.TOPICS);

  /**
   * Parses comma-separated terms.
   *
   * @throws IllegalArgumentException with the nearest names, if a field or value does not exist
   */
  static MetadataFilter parse(String text) {
    Map<String, String> terms = new LinkedHashMap<>();
    for (String term : text.isBlank() ? new String[0] : text.split(",")) {
      String[] parts = term.strip().split("=", 2);
      String field = known("field", parts[0], List.copyOf(FIELDS.keySet()));
      if (parts.length < 2) {
        throw new IllegalArgumentException("field=value expected, not \"" + term + "\"");
      }
      terms.put(field, known(field, parts[1], FIELDS.get(field)));
    }
    return new MetadataFilter(terms);
  }

  private static String known(String kind, String name, List<String> names) {
    if (names.contains(name)) {
      return name;
    }
    String nearest =
        names.stream()
            .sorted(Comparator.comparingInt(candidate -> editDistance(name, candidate)))
            .limit(SUGGESTIONS)
            .collect(Collectors.joining(", "));
    throw new IllegalArgumentException(
        String.format(ROOT, "there is no %s \"%s\"; nearest: %s", kind, name, nearest));
  }

  private static int editDistance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    Arrays.setAll(previous, j -> j);
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substitution = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(substitution, 1 + Math.min(previous[j], row[j - 1]));
      }
      previous = row;
    }
    return previous[b.length()];
  }

  boolean matches(Gloss gloss) {
    return terms.entrySet().stream()
        .allMatch(term ->
            term.getValue().equals(term.getKey().equals("pos") ? gloss.pos() : gloss.topic()));
  }

  /** The filter as Lucene's vector queries take it: null takes all. */
  Query query() {
    if (terms.isEmpty()) {
      return null;
    }
    BooleanQuery.Builder all = new BooleanQuery.Builder();
    terms.forEach((field, value) ->
        all.add(KeywordField.newExactQuery(field, value), BooleanClause.Occur.FILTER));
    return all.build();
  }

  @Override
  public String toString() {
    return terms.isEmpty()
        ? "no filter"
        : terms.entrySet().stream()
            .map(term -> term.getKey() + "=" + term.getValue())
            .collect(Collectors.joining(","));
  }
}
