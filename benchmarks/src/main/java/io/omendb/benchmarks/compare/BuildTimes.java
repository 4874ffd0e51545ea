/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks.compare;

/**
 * What building took.
 *
 * @param addSeconds adding and committing all rows, as several segments
 * @param mergeSeconds making one segment of all rows
 * @param totalSeconds what the one segment takes from nothing
 * @param mergeHeap bytes of heap in use at most while it is made, see {@link HeapWatch}
 */
public record BuildTimes(
    double addSeconds, double mergeSeconds, double totalSeconds, long mergeHeap) {}
