package org.beaconcohort.cohort.evidence;

import java.util.ArrayList;
import java.util.List;
import org.beaconcohort.cohort.message.SignedStatement;
import org.beaconcohort.cohort.message.Statement.Announcement;
import org.beaconcohort.cohort.message.Statement.KeysetAck;
import org.beaconcohort.cohort.message.Statement.KeysetProposal;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.port.StatementReader;
import org.beaconcohort.cohort.rotation.SuccessorOrder;
import org.beaconcohort.musig2.bytes.Bytes;

/**
 * Two key sets for one announcement with one parent, of which at most one can be (N11). Alone they
 * convict the coordinator; with a member's acknowledgements of both, that member.
 *
 * @param first the key-set proposal with the lesser id
 * @param second the other
 * @param acks none, or one member's of the first and of the second
 */
public record KeysetFork(SignedStatement first, SignedStatement second, List<SignedStatement> acks)
    implements Evidence {
  /** Copies the list. */
  public KeysetFork {
    acks = List.copyOf(acks);
    if (!acks.isEmpty() && acks.size() != 2) {
      throw new IllegalArgumentException(
          "acknowledgements must be none or two, got " + acks.size());
    }
  }

  /** The fork of a coordinator. */
  static KeysetFork of(SignedStatement one, SignedStatement other) {
    return one.id().compareTo(other.id()) < 0
        ? new KeysetFork(one, other, List.of())
        : new KeysetFork(other, one, List.of());
  }

  @Override
  public Code code() {
    return Code.KEYSET_FORK;
  }

  @Override
  public Bytes convicts() {
    return acks.isEmpty() ? first.author() : acks.getFirst().author();
  }

  @Override
  public List<SignedStatement> statements() {
    List<SignedStatement> all = new ArrayList<>(List.of(first, second));
    all.addAll(acks);
    return List.copyOf(all);
  }

  String fault(StatementReader reader) {
    if (!(first.body() instanceof KeysetProposal one)
        || !(second.body() instanceof KeysetProposal other)) {
      throw new UnprovenException("the first two statements must be key-set proposals");
    }
    UnprovenException.unless(
        first.id().compareTo(second.id()) < 0, "the proposals must be two, the lesser id first");
    UnprovenException.unless(
        one.announcementEvent().equals(other.announcementEvent()),
        "both proposals must answer one announcement");
    SignedStatement announcement = reader.read(one.announcementEvent());
    UnprovenException.unless(
        announcement.body() instanceof Announcement,
        "the proposals must answer an announcement, got " + announcement.body().kind());
    for (SignedStatement proposal : List.of(first, second)) {
      UnprovenException.unless(
          mayForm(announcement, proposal.author())
              && proposal.header().cohortId().equals(announcement.id()),
          "a proposal must be by whoever announced or is named in the terms, for that announcement");
    }
    UnprovenException.unless(
        first.author().equals(second.author()), "both proposals must be by one leader");
    UnprovenException.unless(
        one.parentProposalId().equals(other.parentProposalId()),
        "neither proposal may follow the other");
    UnprovenException.unless(
        !one.optIns().equals(other.optIns())
            || !one.channelKeyHash().equals(other.channelKeyHash()),
        "the proposals must be of two key sets, or of one on two channels");
    return acks.isEmpty()
        ? "one key set must be proposed for announcement "
            + announcement.id()
            + ", got "
            + first.id()
            + " and "
            + second.id()
            + processes(first, second)
        : acknowledged();
  }

  /** Whether a key is the coordinator's or a named successor's. */
  static boolean mayForm(SignedStatement announcement, Bytes author) {
    return announcement.body() instanceof Announcement announced
        && SuccessorOrder.forming(announcement.author(), announced.terms())
            .epochOf(author)
            .isPresent();
  }

  private String acknowledged() {
    SignedStatement one = acks.getFirst();
    SignedStatement other = acks.getLast();
    UnprovenException.unless(
        one.author().equals(other.author()), "both acknowledgements must be by one member");
    UnprovenException.unless(
        one.body() instanceof KeysetAck ack
            && ack.keysetProposalId().equals(first.id())
            && other.body() instanceof KeysetAck second
            && second.keysetProposalId().equals(this.second.id()),
        "the acknowledgements must be of the first and of the second proposal");
    return "one key set must be acknowledged, got "
        + first.id()
        + " and "
        + second.id()
        + processes(one, other);
  }

  private static String processes(SignedStatement one, SignedStatement other) {
    return one.header().instance().equals(other.header().instance())
        ? ""
        : ", by two processes: two machines with one key and one journal look so, too";
  }
}
