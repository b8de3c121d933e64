package org.beaconcohort.fuzz;

/**
 * What one case may cost.
 *
 * @param constantBytes allocated whatever the input's length is
 * @param bytesPerUnit allocated per byte, or per UTF-16 unit, of the input
 * @param cpuNanos CPU time of the thread
 */
record Bounds(long constantBytes, long bytesPerUnit, long cpuNanos) {
  static final Bounds DEFAULT = new Bounds(512 * 1024, 256, 2_000_000_000L);

  /**
   * What garbage there is depends on what the JIT compiler has compiled so far: twice the bound.
   */
  long bytesFor(int length) {
    return 2 * (constantBytes + bytesPerUnit * length);
  }
}
