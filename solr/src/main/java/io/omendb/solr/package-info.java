/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * The format in Apache Solr, by either of two ways: a field type of its own, {@link
 * io.omendb.solr.OmenVectorField}, or a codec factory, {@link io.omendb.solr.OmenCodecFactory}, for
 * schemas that have a {@code solr.DenseVectorField}. Queries and updates are Solr's own.
 */
package io.omendb.solr;
