/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.write;

import io.omendb.lucene.store.BlockStore;

/**
 * A segment of a merge whose codes may be kept.
 *
 * @param store its blocks
 * @param newOrds ordinal in the merged segment of each of its ordinals, -1 for deleted ones
 */
public record Source(BlockStore store, int[] newOrds) {}
