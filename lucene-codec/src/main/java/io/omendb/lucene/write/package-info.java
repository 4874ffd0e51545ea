/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

/** From raw vectors to the files of a field; flush and merge take the same way. */
package io.omendb.lucene.write;
