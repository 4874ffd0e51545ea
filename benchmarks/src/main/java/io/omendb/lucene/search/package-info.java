/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

/** Benchmarks that drive parts of searching which are not public. */
package io.omendb.lucene.search;
