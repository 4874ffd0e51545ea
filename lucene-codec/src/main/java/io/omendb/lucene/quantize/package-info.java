/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * The product quantizer: a sample gives a codebook (rotation, balanced subspaces, centroids), a
 * codebook gives codes.
 */
package io.omendb.lucene.quantize;
