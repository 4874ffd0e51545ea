/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * Kernels: one interface, scalar code as its specification, and the only code that touches the
 * Vector API.
 */
package io.omendb.lucene.simd;
