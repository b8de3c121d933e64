package org.beaconcohort.adapter.controller;

import org.beaconcohort.cohort.did.SignedUpdate;

/** Sees what a controller does; called from whatever thread asked it, and must not block long. */
public interface ControllerListener {
  /**
   * The singleton beacon has no coin to spend. Called again while it has none.
   *
   * @param address to pay
   * @param satoshi the least it needs
   */
  void needsCoin(String address, long satoshi);

  /** An update is about to leave the process; from now on it is the only one for its version. */
  void handsOut(SignedUpdate update);

  /**
   * The singleton beacon announces an update.
   *
   * @param txid display order
   */
  void announces(SignedUpdate update, String txid);

  /** Listens to nothing. */
  static ControllerListener none() {
    return new ControllerListener() {
      @Override
      public void needsCoin(String address, long satoshi) {}

      @Override
      public void handsOut(SignedUpdate update) {}

      @Override
      public void announces(SignedUpdate update, String txid) {}
    };
  }
}
