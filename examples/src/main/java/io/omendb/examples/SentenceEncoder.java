/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.examples;

import java.util.List;
import java.util.function.IntConsumer;

/** Turns texts into vectors of unit length, so that the dot product is the cosine. */
interface SentenceEncoder {
  /** Names the model and everything else that its vectors depend on. */
  String model();

  int dimension();

  /**
   * Encodes texts.
   *
   * @param progress is told, from any thread, how many more texts are done
   */
  float[][] encode(List<String> texts, IntConsumer progress);

  /** Encodes one text. */
  default float[] encode(String text) {
    return encode(List.of(text), done -> {})[0];
  }
}
