/*
 * Copyright OmenDB contributors
 * SPDX-License-Identifier: Apache-2.0
 */

package io.omendb.benchmarks.soak;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * What the process has in use. Figures that a system does not tell are NaN.
 *
 * @param heap MiB in use after a collection
 * @param direct MiB of direct buffers
 * @param mapped MiB of files that are mapped
 * @param maps number of such mappings
 * @param anonymous MiB resident that are no file's: the heap as far as it was touched, code, stacks
 *     and all other memory
 * @param handles open files, sockets and the like; a mapped file needs none
 * @param threads live threads
 */
record Resources(
    double heap,
    double direct,
    double mapped,
    double maps,
    double anonymous,
    double handles,
    double threads) {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final double MEBI = 1 << 20;

  /** Collects garbage and looks. */
  static Resources now() throws IOException {
    System.gc();
    Map<String, BufferPoolMXBean> pools = new TreeMap<>();
    ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)
        .forEach(pool -> pools.put(pool.getName(), pool));
    return new Resources(
        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MEBI,
        pools.get("direct").getMemoryUsed() / MEBI,
        pools.get("mapped").getMemoryUsed() / MEBI,
        pools.get("mapped").getCount(),
        anonymousMemory(),
        openHandles(),
        ManagementFactory.getThreadMXBean().getThreadCount());
  }

  private static double anonymousMemory() throws IOException {
    if (Files.isReadable(STATUS)) {
      for (String line : Files.readAllLines(STATUS)) {
        if (line.startsWith("RssAnon:")) {
          return Double.parseDouble(line.replaceAll("\\D", "")) / 1024;
        }
      }
    }
    return Double.NaN;
  }

  private static double openHandles() {
    try {
      ObjectName system = new ObjectName(ManagementFactory.OPERATING_SYSTEM_MXBEAN_NAME);
      Object count =
          ManagementFactory.getPlatformMBeanServer()
              .getAttribute(system, "OpenFileDescriptorCount");
      return ((Number) count).doubleValue();
    } catch (JMException e) {
      return Double.NaN;
    }
  }
}
