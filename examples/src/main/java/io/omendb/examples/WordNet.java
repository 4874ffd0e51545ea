/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.examples;

import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the synsets of WordNet 3.1 from its data files on the class path.
 *
 * <p>The format of a line is described in WordNet's manual page wndb(5).
 */
final class WordNet {
  static final List<String> PARTS_OF_SPEECH = List.of("n", "v", "a", "s", "r");

  /** The lexicographer files by number, as in lexnames(5). */
  static final List<String> TOPICS =
      List.of(
          ("adj.all adj.pert adv.all noun.Tops noun.act noun.animal noun.artifact noun.attribute"
                  + " noun.body noun.cognition noun.communication noun.event noun.feeling noun.food"
                  + " noun.group noun.location noun.motive noun.object noun.person"
                  + " noun.phenomenon noun.plant noun.possession noun.process noun.quantity"
                  + " noun.relation noun.shape noun.state noun.substance noun.time verb.body"
                  + " verb.change verb.cognition verb.communication verb.competition"
                  + " verb.consumption verb.contact verb.creation verb.emotion verb.motion"
                  + " verb.perception verb.possession verb.social verb.stative verb.weather"
                  + " adj.ppl")
              .split(" "));

  private static final String FOLDER = "/net/sf/extjwnl/data/wordnet/wn31/";
  private static final List<String> FILES =
      List.of("data.noun", "data.verb", "data.adj", "data.adv");

  private static final Pattern SYNSET =
      Pattern.compile(
          "\\d{8} (?<file>\\d\\d) (?<pos>[nvasr]) \\p{XDigit}{2} (?<word>\\S+) .*?\\| (?<gloss>.*)");

  /** Where an adjective may stand, such as {@code (p)}: a mark at the end of the word. */
  private static final Pattern POSITION = Pattern.compile("\\((a|p|ip)\\)$");

  private static final Pattern EXAMPLES_START = Pattern.compile("[;:,]?\\s*\"");
  private static final Pattern EXAMPLE = Pattern.compile("\"([^\"]+)\"?");

  private WordNet() {}

  /** All synsets, in the order of the files. */
  static List<Gloss> read() throws IOException {
    List<Gloss> glosses = new ArrayList<>();
    for (String file : FILES) {
      try (InputStream data = WordNet.class.getResourceAsStream(FOLDER + file)) {
        if (data == null) {
          throw new FileNotFoundException("not on the class path: " + FOLDER + file);
        }
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(data, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          if (!line.startsWith("  ")) { // the licence at the head of each file is indented
            glosses.add(parse(line));
          }
        }
      }
    }
    return glosses;
  }

  static Gloss parse(String line) {
    Matcher synset = SYNSET.matcher(line);
    if (!synset.matches()) {
      throw new IllegalArgumentException("not a WordNet synset: " + line);
    }
    String word = POSITION.matcher(synset.group("word")).replaceFirst("").replace('_', ' ');
    String gloss = synset.group("gloss").strip();
    int end = endOfDefinition(gloss);
    List<String> examples =
        EXAMPLE
            .matcher(gloss.substring(end))
            .results()
            .map((MatchResult example) -> example.group(1).strip())
            .toList();
    return new Gloss(
        word + ": " + gloss.substring(0, end),
        synset.group("pos"),
        TOPICS.get(Integer.parseInt(synset.group("file"))),
        examples);
  }

  private static int endOfDefinition(String gloss) {
    Matcher examples = EXAMPLES_START.matcher(gloss);
    return examples.find() ? examples.start() : gloss.length();
  }
}
