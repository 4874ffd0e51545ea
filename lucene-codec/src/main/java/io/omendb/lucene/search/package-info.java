/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * Searches: the query becomes a table and bits, the bits find blocks, the table scores their codes,
 * raw vectors decide.
 */
package io.omendb.lucene.search;
