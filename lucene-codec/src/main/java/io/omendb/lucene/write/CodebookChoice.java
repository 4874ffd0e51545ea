/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.write;

import io.omendb.lucene.quantize.Codebook;
import io.omendb.lucene.quantize.CodebookTrainer;
import io.omendb.lucene.quantize.VectorSource;
import io.omendb.lucene.simd.Kernels;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** When a codebook is kept, so that codes can be copied, and when a new one is trained. */
final class CodebookChoice {
  /** A merge keeps a codebook while its error stays below this multiple of when it was trained. */
  private static final double MAX_MERGE_ERROR_GROWTH = 1.2;

  /**
   * A flush is less choosy: its vectors may all be of one topic, which no codebook was trained to,
   * and a shortlist is a large part of a small segment.
   */
  private static final double MAX_FLUSH_ERROR_GROWTH = 2;

  /** Vectors to train on from which more of them make no better codebook. */
  private static final int ENOUGH = 24 * Kernels.CENTROIDS;

  /** One trained on fewer is replaced when this many times as many vectors are there. */
  private static final int MAX_SAMPLE_GROWTH = 4;

  private CodebookChoice() {}

  /** The codebook of most vectors of the sources, {@code recent} where sources have none. */
  static Codebook mostUsed(List<Source> sources, Codebook recent) {
    Map<Codebook, Long> vectors = new HashMap<>();
    Codebook most = recent;
    long mostVectors = 0;
    for (Source source : sources) {
      Codebook codebook = source.store().codebook();
      long total = vectors.merge(codebook, (long) source.store().count(), Long::sum);
      if (total > mostVectors) {
        mostVectors = total;
        most = codebook;
      }
    }
    return most;
  }

  /** Why a codebook should not be kept for some vectors, or null. */
  static String objection(
      CodebookTrainer trainer, Codebook codebook, VectorSource raw, boolean merge)
      throws IOException {
    if (codebook.trainedOn() < ENOUGH && raw.size() / MAX_SAMPLE_GROWTH >= codebook.trainedOn()) {
      return raw.size() + " vectors now";
    }
    double error = trainer.error(codebook, raw);
    double bound = merge ? MAX_MERGE_ERROR_GROWTH : MAX_FLUSH_ERROR_GROWTH;
    // No number where the codebook is damaged.
    if (!(error <= codebook.error() * bound) || error == Double.POSITIVE_INFINITY) {
      return String.format(
          Locale.ROOT, "error %.4g, was %.4g when trained", error, codebook.error());
    }
    return null;
  }
}
