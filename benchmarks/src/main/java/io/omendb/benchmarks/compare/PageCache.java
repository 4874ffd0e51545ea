/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks.compare;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Pages of files, least recently used ones dropped beyond a number of bytes; the system's page
 * cache is passed by. So every engine has the same memory, whatever else the machine has. What is
 * not asked for is not read; what is asked for in advance, as Lucene's formats do with rows, is
 * read by several threads at once, as a system does that is advised so.
 */
public final class PageCache {
  static final int PAGE = 4096;

  private static final int STRIPES = 16;

  /** Reads under way at once. */
  private static final int READERS = 16;

  /** Pages asked for in advance and not used yet, beyond which no more are read. */
  private static final int MOST_COMING = 4096;

  private static final ExecutorService READER =
      Executors.newFixedThreadPool(
          READERS,
          task -> {
            Thread thread = new Thread(task, "page reader");
            thread.setDaemon(true);
            return thread;
          });

  private final Map<Key, Future<byte[]>> coming = new ConcurrentHashMap<>();

  private final AtomicInteger files = new AtomicInteger();
  private final LongAdder misses = new LongAdder();
  private final Stripe[] stripes = new Stripe[STRIPES];
  private volatile int capacity;

  /** Page of a file. */
  private record Key(int file, long page) {}

  /** Pages under one lock. */
  private final class Stripe extends LinkedHashMap<Key, byte[]> {
    private static final long serialVersionUID = 1;

    Stripe() {
      super(16, .75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Key, byte[]> eldest) {
      return size() > capacity;
    }
  }

  /** A cache of so many bytes. */
  PageCache(long bytes) {
    capacity = pages(bytes);
    for (int i = 0; i < STRIPES; i++) {
      stripes[i] = new Stripe();
    }
  }

  private static int pages(long bytes) {
    return (int) Math.min(Integer.MAX_VALUE, bytes / (PAGE * STRIPES));
  }

  /** Takes away what an index keeps in heap; to be called before anything is read. */
  void reserve(long bytes) {
    int left = capacity - pages(bytes);
    if (left < 1) {
      throw new IllegalArgumentException(
          "heap of the index must be less than the cache of "
              + (long) capacity * PAGE * STRIPES
              + " bytes, is "
              + bytes);
    }
    capacity = left;
  }

  /** Pages read from storage so far. */
  long misses() {
    return misses.sum();
  }

  /** Opens a file whose pages are kept here. */
  PagedFile open(Path path) throws IOException {
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, direct());
    int block = Math.toIntExact(Files.getFileStore(path).getBlockSize());
    return new PagedFile(channel, files.getAndIncrement(), block);
  }

  /** Past the system's page cache; javac calls it internal and warns of any mention. */
  private static OpenOption direct() throws IOException {
    try {
      return (OpenOption)
          Class.forName("com.sun.nio.file.ExtendedOpenOption").getField("DIRECT").get(null);
    } catch (ReflectiveOperationException e) {
      throw new IOException("this JDK cannot read past the system's page cache", e);
    }
  }

  /** An open file. */
  final class PagedFile implements AutoCloseable {
    private final FileChannel channel;
    private final int number;
    private final int block;
    private final long length;

    private PagedFile(FileChannel channel, int number, int block) throws IOException {
      this.channel = channel;
      this.number = number;
      this.block = block;
      this.length = channel.size();
    }

    long length() {
      return length;
    }

    void read(long position, byte[] to, int offset, int count) throws IOException {
      if (position + count > length) {
        throw new EOFException("end at " + length + ", read to " + (position + count));
      }
      for (int done = 0; done < count; ) {
        long at = position + done;
        int within = (int) (at % PAGE);
        int step = Math.min(PAGE - within, count - done);
        System.arraycopy(page(at / PAGE), within, to, offset + done, step);
        done += step;
      }
    }

    private byte[] page(long page) throws IOException {
      Key key = new Key(number, page);
      Stripe stripe = stripes[Math.floorMod(key.hashCode(), STRIPES)];
      synchronized (stripe) {
        byte[] known = stripe.get(key);
        if (known != null) {
          return known;
        }
      }
      Future<byte[]> asked = coming.remove(key);
      byte[] read = asked == null ? fetch(page) : wait(asked);
      synchronized (stripe) {
        stripe.put(key, read);
      }
      return read;
    }

    private static byte[] wait(Future<byte[]> asked) throws IOException {
      try {
        return asked.get();
      } catch (ExecutionException e) {
        throw new IOException(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException(e);
      }
    }

    /** Whether all of some bytes are there. */
    boolean isCached(long position, long count) {
      for (long page = position / PAGE; page * PAGE < position + count; page++) {
        if (!isCached(new Key(number, page))) {
          return false;
        }
      }
      return true;
    }

    private boolean isCached(Key key) {
      Stripe stripe = stripes[Math.floorMod(key.hashCode(), STRIPES)];
      synchronized (stripe) {
        return stripe.containsKey(key);
      }
    }

    /** Begins to read what is not there. */
    void prefetch(long position, long count) {
      long end = Math.min(length, position + count);
      for (long page = position / PAGE; page * PAGE < end; page++) {
        Key key = new Key(number, page);
        if (!isCached(key) && coming.size() < MOST_COMING) {
          long wanted = page;
          coming.computeIfAbsent(key, each -> READER.submit(() -> fetch(wanted)));
        }
      }
    }

    private byte[] fetch(long page) throws IOException {
      misses.increment();
      int size = Math.max(PAGE, block);
      ByteBuffer buffer = ByteBuffer.allocateDirect(size + block).alignedSlice(block).limit(size);
      long start = page * PAGE / size * size;
      int wanted = (int) Math.min(size, length - start);
      while (buffer.position() < wanted && channel.read(buffer, start + buffer.position()) >= 0) {
        if (buffer.position() % block != 0) {
          break; // the end of the file
        }
      }
      byte[] bytes = new byte[PAGE];
      buffer.flip();
      int within = (int) (page * PAGE - start);
      buffer.get(within, bytes, 0, Math.min(PAGE, buffer.limit() - within));
      return bytes;
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
