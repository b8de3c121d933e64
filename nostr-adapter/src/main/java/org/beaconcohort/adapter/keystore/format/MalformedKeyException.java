package org.beaconcohort.adapter.keystore.format;

/** A text is not a secret key of the format it should be in; nothing of it is quoted. */
public final class MalformedKeyException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String next;

  /**
   * A refusal.
   *
   * @param what the thing, the expected and the found property
   * @param next what a person can do
   */
  public MalformedKeyException(String what, String next) {
    super(what);
    this.next = next;
  }

  /** What a person can do. */
  public String next() {
    return next;
  }
}
