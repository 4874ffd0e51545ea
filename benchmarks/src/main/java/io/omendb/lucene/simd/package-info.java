/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

/** Access to kernels that are not public. */
package io.omendb.lucene.simd;
