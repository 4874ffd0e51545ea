/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

/** Benchmarks of file formats that are not public. */
package io.omendb.lucene.store;
