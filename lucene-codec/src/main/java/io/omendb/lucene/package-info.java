/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * A vectors format for Apache Lucene that keeps 32 bytes a vector in memory.
 *
 * <p>Users meet {@link io.omendb.lucene.OmenCodec}, {@link io.omendb.lucene.OmenVectorsFormat} and
 * {@link io.omendb.lucene.OmenVectorsOptions}. A vector goes through the packages in this order:
 * {@link io.omendb.lucene.write} drives {@link io.omendb.lucene.quantize} (codes) and {@link
 * io.omendb.lucene.blocks} (layout and graph), {@link io.omendb.lucene.store} holds the files,
 * {@link io.omendb.lucene.search} answers queries. {@link io.omendb.lucene.simd} has the inner
 * loops.
 */
package io.omendb.lucene;
