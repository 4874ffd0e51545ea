/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * The OpenSearch plugin, in the order of a vector's way: {@code mapper} turns JSON into fields,
 * {@code codec} has them written, {@code query} searches them, {@code stats} tells about them, and
 * {@code cluster} keeps them on nodes that have the plugin.
 */
package io.omendb.opensearch;
