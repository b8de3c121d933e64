package org.beaconcohort.cohort.simulation;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.beaconcohort.cohort.bitcoin.Outpoint;
import org.beaconcohort.cohort.bitcoin.Transaction;
import org.beaconcohort.cohort.machine.Recipient;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.model.ChannelKey;
import org.beaconcohort.cohort.port.ChainBackend;
import org.beaconcohort.cohort.port.Transport;
import org.beaconcohort.musig2.bytes.Bytes;

/** Ports whose sendings go through a door where the process may die. */
final class Doors {
  private Doors() {}

  static Transport transport(Transport inside, SimParty.Door door) {
    return new Transport() {
      @Override
      public void publish(SignedStatement statement, Recipient recipient) {
        boolean unused =
            door.leave(() -> {
              inside.publish(statement, recipient);
              return true;
            });
      }

      @Override
      public void listenToChannel(ChannelKey key, int round, Consumer<SignedStatement> receiver) {
        inside.listenToChannel(key, round, receiver);
      }

      @Override
      public void listenToInbox(Consumer<SignedStatement> receiver) {
        inside.listenToInbox(receiver);
      }

      @Override
      public void listenToAnnouncements(
          Bytes author, String identifier, Consumer<SignedStatement> receiver) {
        inside.listenToAnnouncements(author, identifier, receiver);
      }

      @Override
      public void readBack(
          ChannelKey key, List<Integer> rounds, Bytes author, Consumer<StoredStatements> receiver) {
        inside.readBack(key, rounds, author, receiver);
      }

      @Override
      public void close() {
        inside.close();
      }
    };
  }

  static ChainBackend chain(ChainBackend inside, SimParty.Door door) {
    return new ChainBackend() {
      @Override
      public Tip tip() {
        return inside.tip();
      }

      @Override
      public List<Utxo> unspent(String address) {
        return inside.unspent(address);
      }

      @Override
      public Optional<Known> transaction(Bytes txid) {
        return inside.transaction(txid);
      }

      @Override
      public Optional<Bytes> spender(Outpoint outpoint) {
        return inside.spender(outpoint);
      }

      @Override
      public BroadcastResult broadcast(Transaction transaction) {
        return door.leave(() -> inside.broadcast(transaction));
      }
    };
  }
}
