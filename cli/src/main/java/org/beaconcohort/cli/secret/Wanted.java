package org.beaconcohort.cli.secret;

/**
 * Which secret a command needs.
 *
 * @param what for people, for instance {@code password of keystore keys}
 * @param option that names its descriptor
 * @param environment whether {@link SecretInput#VARIABLE} may hold it
 * @param twice whether somebody at a terminal types it twice, because it is new
 */
public record Wanted(String what, String option, boolean environment, boolean twice) {
  /** What opens something. */
  public static Wanted toOpen(String what, String option, boolean environment) {
    return new Wanted(what, option, environment, false);
  }

  /** What something is sealed with from now on. */
  public static Wanted toSeal(String what, String option, boolean environment) {
    return new Wanted(what, option, environment, true);
  }
}
