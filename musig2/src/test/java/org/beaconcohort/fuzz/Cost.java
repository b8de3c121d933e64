package org.beaconcohort.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** What the present thread has spent so far, or what one case did. */
record Cost(long bytes, long cpuNanos) {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  static Cost now() {
    return new Cost(THREADS.getCurrentThreadAllocatedBytes(), THREADS.getCurrentThreadCpuTime());
  }

  static long cpuNanosOf(Thread thread) {
    return THREADS.getThreadCpuTime(thread.threadId());
  }

  Cost since(Cost before) {
    return new Cost(bytes - before.bytes, cpuNanos - before.cpuNanos);
  }

  Cost orLess(Cost other) {
    return new Cost(Math.min(bytes, other.bytes), Math.min(cpuNanos, other.cpuNanos));
  }
}
