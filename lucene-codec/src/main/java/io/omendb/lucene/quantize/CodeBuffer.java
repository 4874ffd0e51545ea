/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.lucene.quantize;

/** Codes by ordinal, on the heap while a segment is written; paged, so as not to end at 2 GiB. */
public final class CodeBuffer {
  /** Codes in a page; ranges of work that keep to pages never share one. */
  public static final int PAGE_SIZE = 1 << 12;

  private final int count;
  private final int codeLength;
  private final byte[][] pages;

  /** Room for {@code count} codes of {@code codeLength} bytes. */
  public CodeBuffer(int count, int codeLength) {
    this.count = count;
    this.codeLength = codeLength;
    this.pages = new byte[(count + PAGE_SIZE - 1) / PAGE_SIZE][];
    for (int i = 0; i < pages.length; i++) {
      pages[i] = new byte[Math.min(PAGE_SIZE, count - i * PAGE_SIZE) * codeLength];
    }
  }

  /** Number of codes. */
  public int count() {
    return count;
  }

  /** Bytes of a code. */
  public int codeLength() {
    return codeLength;
  }

  /** The page of an ordinal. */
  public byte[] page(int ord) {
    return pages[ord / PAGE_SIZE];
  }

  /** Where the code of an ordinal begins in its page. */
  public int offset(int ord) {
    return (ord % PAGE_SIZE) * codeLength;
  }

  /** Sets the code of an ordinal. */
  public void set(int ord, byte[] code, int codeOffset) {
    System.arraycopy(code, codeOffset, page(ord), offset(ord), codeLength);
  }
}
