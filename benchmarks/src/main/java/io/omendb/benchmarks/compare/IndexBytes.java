/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks.compare;

/**
 * Sizes of an index.
 *
 * @param codes compressed vectors
 * @param graph what leads to them: links, maps, metadata
 * @param hot all that every search reads; raw rows count only where the walk itself scores them
 * @param disk everything, raw rows included
 */
public record IndexBytes(long codes, long graph, long hot, long disk) {}
