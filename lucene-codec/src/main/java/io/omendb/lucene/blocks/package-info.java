/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * The layout of the bottom layer: similar vectors are put next to each other, every {@value
 * io.omendb.lucene.simd.Kernels#BLOCK_SIZE} of them form a block, the mean of a block represents
 * it, and an HNSW graph connects the representatives.
 */
package io.omendb.lucene.blocks;
