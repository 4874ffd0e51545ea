/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * Searches: the query becomes a table, the table ranks blocks by their representatives (of many,
 * those that a graph leads to on bits) and scores the codes of the best, raw vectors decide.
 */
package io.omendb.lucene.search;
