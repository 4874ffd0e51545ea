/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * Files: what is written where ({@link io.omendb.lucene.store.FileLayout}), one class for each
 * structure that writes and reads it.
 */
package io.omendb.lucene.store;
