/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene;

import io.omendb.lucene.write.RecentCodebooks;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.apache.lucene.codecs.KnnVectorsWriter;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.MergeState;
import org.apache.lucene.index.SegmentWriteState;
import org.apache.lucene.util.Version;

/**
 * The line of Lucene that this JVM runs. {@link KnnVectorsWriter#mergeOneField} changed its return
 * type in 10.5, so one class overrides it for each of the two; with the wrong one a merge would
 * lose all vectors without a word, therefore the choice is checked.
 */
final class LuceneLine {
  static final LuceneLine CURRENT = detect();

  private final MethodHandle constructor;

  private LuceneLine(MethodHandle constructor) {
    this.constructor = constructor;
  }

  KnnVectorsWriter writer(
      SegmentWriteState state, OmenVectorsOptions options, RecentCodebooks recentCodebooks)
      throws IOException {
    try {
      return (OmenVectorsWriter) constructor.invokeExact(state, options, recentCodebooks);
    } catch (IOException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable t) {
      throw new IllegalStateException(t);
    }
  }

  private static LuceneLine detect() {
    String name = LuceneLine.class.getPackageName() + ".Lucene105Writer";
    try {
      Class<?> merged =
          KnnVectorsWriter.class
              .getMethod("mergeOneField", FieldInfo.class, MergeState.class)
              .getReturnType();
      Class<?> writer = merged == void.class ? Lucene103Writer.class : Class.forName(name);
      Class<?> overridden =
          writer
              .getDeclaredMethod("mergeOneField", FieldInfo.class, MergeState.class)
              .getReturnType();
      if (overridden != merged) {
        throw new UnsupportedOperationException(
            "Lucene "
                + Version.LATEST
                + " is not supported: KnnVectorsWriter.mergeOneField returns "
                + merged.getName()
                + ", and merges would lose vectors");
      }
      MethodType type =
          MethodType.methodType(
              void.class, SegmentWriteState.class, OmenVectorsOptions.class, RecentCodebooks.class);
      MethodHandle constructor =
          MethodHandles.lookup()
              .findConstructor(writer, type)
              .asType(type.changeReturnType(OmenVectorsWriter.class));
      return new LuceneLine(constructor);
    } catch (ReflectiveOperationException e) {
      throw new UnsupportedOperationException("Lucene " + Version.LATEST + " is not supported", e);
    }
  }
}
