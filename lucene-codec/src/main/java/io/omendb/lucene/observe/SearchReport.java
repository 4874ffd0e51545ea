/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.observe;

/**
 * A search of a segment.
 *
 * @param segment name of the segment
 * @param field name of the field
 * @param vectors vectors of the field in the segment
 * @param k results wanted; some queries that want all above a threshold ask for 1
 * @param cost what it did
 */
public record SearchReport(String segment, String field, int vectors, int k, SearchCost cost) {}
