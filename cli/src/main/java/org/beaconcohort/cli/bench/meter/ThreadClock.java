package org.beaconcohort.cli.bench.meter;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * What the calling thread has used so far. Other threads and processes do not count, nor do the
 * collector and the compiler, which have threads of their own.
 */
final class ThreadClock {
  private final ThreadMXBean threads;

  /**
   * The clock of this process.
   *
   * @throws UnsupportedOperationException if this JVM does not count CPU time per thread
   */
  ThreadClock() {
    if (!(ManagementFactory.getThreadMXBean() instanceof ThreadMXBean supported)
        || !supported.isCurrentThreadCpuTimeSupported()
        || !supported.isThreadAllocatedMemorySupported()) {
      throw new UnsupportedOperationException(
          "JVM must count CPU time and allocated bytes per thread, this one does not: "
              + System.getProperty("java.vm.name"));
    }
    supported.setThreadCpuTimeEnabled(true);
    supported.setThreadAllocatedMemoryEnabled(true);
    this.threads = supported;
  }

  /** CPU time in nanoseconds. */
  long cpuNanos() {
    return threads.getCurrentThreadCpuTime();
  }

  /** Bytes on the heap. */
  long allocatedBytes() {
    return threads.getCurrentThreadAllocatedBytes();
  }
}
