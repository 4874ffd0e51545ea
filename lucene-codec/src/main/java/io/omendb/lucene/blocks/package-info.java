/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * The layout of the bottom layer: similar vectors are put next to each other, every {@value
 * io.omendb.lucene.simd.Kernels#BLOCK_SIZE} of them form a block, codes of a few means represent
 * it, and an HNSW graph connects the means of many blocks.
 */
package io.omendb.lucene.blocks;
