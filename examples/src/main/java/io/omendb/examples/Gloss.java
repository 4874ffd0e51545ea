/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.examples;

import java.util.List;

/**
 * A synset of WordNet as it is indexed.
 *
 * @param text {@code headword: definition}
 * @param pos part of speech: n, v, a, s (satellite adjective) or r
 * @param topic the name of its lexicographer file, such as {@code noun.animal}
 * @param examples sentences that show the word in use; they are no part of the text
 */
record Gloss(String text, String pos, String topic, List<String> examples) {}
