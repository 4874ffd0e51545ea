/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.observe;

/**
 * A field of a new segment that has been given codes, at a flush or a merge.
 *
 * @param segment name of the segment
 * @param field name of the field
 * @param vectors vectors of the field
 * @param merge whether segments were merged; false for a flush
 * @param trained whether a codebook was trained; false where one was kept
 * @param codebookError mean squared error of the codebook on vectors that it was not trained on,
 *     when it was trained
 * @param copied codes copied from the merged segments; the rest were encoded
 * @param trainNanos time to choose the codebook, training included
 * @param encodeNanos time to copy and encode
 * @param layoutNanos time to lay out blocks, to build the graph and to write both
 */
public record BuildReport(
    String segment,
    String field,
    int vectors,
    boolean merge,
    boolean trained,
    float codebookError,
    int copied,
    long trainNanos,
    long encodeNanos,
    long layoutNanos) {}
