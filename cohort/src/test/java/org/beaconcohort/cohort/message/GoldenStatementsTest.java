package org.beaconcohort.cohort.message;

import static org.beaconcohort.cohort.message.Golden.FORMATION;
import static org.beaconcohort.cohort.message.Golden.IN_ROUND;
import static org.beaconcohort.cohort.message.Golden.check;
import static org.beaconcohort.cohort.message.Golden.fill;
import static org.beaconcohort.cohort.message.Golden.nonce;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.beaconcohort.cohort.beacon.BeaconType;
import org.beaconcohort.cohort.bitcoin.Outpoint;
import org.beaconcohort.cohort.bitcoin.TxOutput;
import org.beaconcohort.cohort.bitcoin.address.Network;
import org.beaconcohort.cohort.message.RoundStatement.Final;
import org.beaconcohort.cohort.message.RoundStatement.Opportunity;
import org.beaconcohort.cohort.message.RoundStatement.PartialSignature;
import org.beaconcohort.cohort.message.RoundStatement.Proposal;
import org.beaconcohort.cohort.message.RoundStatement.Proposal.Reason;
import org.beaconcohort.cohort.message.RoundStatement.Proposal.SpendPath;
import org.beaconcohort.cohort.message.RoundStatement.Response;
import org.beaconcohort.cohort.message.RoundStatement.RoundRequest;
import org.beaconcohort.cohort.message.Statement.Announcement;
import org.beaconcohort.cohort.message.Statement.KeysetAck;
import org.beaconcohort.cohort.message.Statement.KeysetProposal;
import org.beaconcohort.cohort.message.Statement.OptIn;
import org.beaconcohort.cohort.message.Statement.OptInRefused;
import org.beaconcohort.cohort.message.Statement.Welcome;
import org.beaconcohort.cohort.model.ChannelKey;
import org.beaconcohort.cohort.model.Code;
import org.beaconcohort.cohort.model.CohortTerms;
import org.beaconcohort.cohort.model.CohortTerms.Funder;
import org.beaconcohort.cohort.model.CohortTerms.LeafA;
import org.beaconcohort.cohort.model.CohortTerms.NonceCustody;
import org.beaconcohort.cohort.model.CohortTerms.ResponseOrder;
import org.beaconcohort.cohort.model.CohortTerms.SignerClass;
import org.beaconcohort.cohort.model.Deadlines;
import org.beaconcohort.cohort.model.FeeCorridor;
import org.beaconcohort.cohort.model.Registration;
import org.beaconcohort.musig2.bytes.Bytes;
import org.junit.jupiter.api.Test;

/**
 * One content of each kind of formation and round as it goes over the wire: a change here is a
 * change of the protocol.
 */
final class GoldenStatementsTest {
  @Test
  void announcement() {
    CohortTerms terms =
        new CohortTerms(
            Network.REGTEST,
            BeaconType.CAS,
            2,
            3,
            4,
            0,
            LeafA.ABSENT,
            ResponseOrder.NONCES_FIRST,
            SignerClass.LIVE,
            NonceCustody.MEMORY,
            Deadlines.live(),
            new FeeCorridor(1000, 50_000, 10_000),
            Funder.COORDINATOR,
            20_000,
            1,
            1,
            List.of("wss://relay.example", "ws://127.0.0.1:7447"),
            List.of(fill("5c", 32)));
    check(
        FORMATION,
        new Announcement("friday", terms),
        """
        {"cohort":"c0*32","round":"","instance":"1a*16","seq":0,"previous":"","epoch":0,\
        "body":{"identifier":"friday","terms":{"profile":"beacon-cohort/1",\
        "network":"REGTEST","beaconType":"CAS","minMembers":2,"maxMembers":3,\
        "maxDidsPerMember":4,"pendingUpdateTrigger":0,"leafA":"ABSENT",\
        "order":"NONCES_FIRST","signerClass":"LIVE","custody":"MEMORY",\
        "deadlines":{"recruiting":600,"keying":120,"funding":21600,"listing":21600,\
        "response":60,"proposal":30,"partial":60,"confirmation":21600},\
        "fees":{"minRate":1000,"maxRate":50000,"maxFee":10000},"funder":"COORDINATOR",\
        "minFunding":20000,"confirmations":1,"rounds":1,\
        "relays":["wss://relay.example","ws://127.0.0.1:7447"],"successors":["5c*32"]}}}\
        """);
  }

  @Test
  void optIn() {
    check(
        FORMATION,
        new OptIn(
            "34640:" + "d0".repeat(32) + ":friday",
            fill("7e", 32),
            Bytes.concat(fill("02", 1), fill("11", 32)),
            fill("22", 64),
            List.of(
                new Registration("did:btcr2:k1qfirst", "", fill("33", 64)),
                new Registration("did:btcr2:x1qnext", "{\"name\":\"Zoë\"}", fill("44", 64))),
            fill("55", 32),
            SignerClass.LIVE,
            NonceCustody.MEMORY,
            true,
            1),
        """
        {"cohort":"c0*32","round":"","instance":"1a*16","seq":0,"previous":"","epoch":0,\
        "body":{"coordinate":"34640:d0*32:friday","termsHash":"7e*32",\
        "cohortKey":"0211*32","possession":"22*64",\
        "registrations":[\
        {"did":"did:btcr2:k1qfirst","genesisDocument":"","proof":"33*64"},\
        {"did":"did:btcr2:x1qnext","genesisDocument":"{\\"name\\":\\"Zo\\u00EB\\"}",\
        "proof":"44*64"}],\
        "inboxKey":"55*32","signerClass":"LIVE","custody":"MEMORY","mayCoordinate":true,\
        "pendingUpdates":1}}\
        """);
  }

  @Test
  void optInRefused() {
    check(
        FORMATION,
        new OptInRefused(fill("ee", 32), Code.NOT_ENOUGH, "members must be 3..5, got 2"),
        """
        {"cohort":"c0*32","round":"","instance":"1a*16","seq":0,"previous":"","epoch":0,\
        "body":{"optInId":"ee*32","code":"NOT_ENOUGH",\
        "detail":"members must be 3..5, got 2"}}\
        """);
  }

  @Test
  void welcome() {
    check(
        FORMATION,
        new Welcome(new ChannelKey(fill("6b", 32)), fill("bb", 32), Bytes.EMPTY),
        """
        {"cohort":"c0*32","round":"","instance":"1a*16","seq":0,"previous":"","epoch":0,\
        "body":{"channelKey":"6b*32","keysetProposalId":"bb*32","parentProposalId":""}}\
        """);
  }

  @Test
  void keysetProposal() {
    check(
        FORMATION,
        new KeysetProposal(
            "{\"id\":\"f0\",\"kind\":34640}",
            List.of(
                Bytes.concat(fill("02", 1), fill("11", 32)),
                Bytes.concat(fill("03", 1), fill("12", 32))),
            List.of(fill("e1", 32), fill("e2", 32)),
            0,
            "bcrt1pexample",
            fill("6c", 32),
            fill("ba", 32)),
        """
        {"cohort":"c0*32","round":"","instance":"1a*16","seq":0,"previous":"","epoch":0,\
        "body":{"announcementEvent":"{\\"id\\":\\"f0\\",\\"kind\\":34640}",\
        "keys":["0211*32","0312*32"],"optIns":["e1*32","e2*32"],"threshold":0,\
        "address":"bcrt1pexample","channelKeyHash":"6c*32","parentProposalId":"ba*32"}}\
        """);
  }

  @Test
  void keysetAck() {
    check(
        FORMATION,
        new KeysetAck(fill("bb", 32)),
        """
        {"cohort":"c0*32","round":"","instance":"1a*16","seq":0,"previous":"","epoch":0,\
        "body":{"keysetProposalId":"bb*32"}}\
        """);
  }

  @Test
  void roundRequest() {
    check(
        FORMATION,
        new RoundRequest(1),
        """
        {"cohort":"c0*32","round":"","instance":"1a*16","seq":0,"previous":"","epoch":0,\
        "body":{"number":1}}\
        """);
  }

  @Test
  void opportunity() {
    check(
        IN_ROUND,
        new Opportunity(
            1,
            Outpoint.ofDisplay("0123" + "45".repeat(30), 1),
            Bytes.ofHex("0200"),
            308,
            List.of(new TxOutput(19_692, Bytes.concat(fill("51", 1), fill("20", 33)))),
            2,
            0,
            0xffff_fffdL,
            0),
        """
        {"cohort":"c0*32","round":"50*32","instance":"1a*16","seq":5,"previous":"99*32",\
        "epoch":0,"body":{"number":1,"outpoint":{"txid":"012345*30","vout":1},\
        "fundingTransaction":"0200","fee":308,\
        "outputs":[{"value":19692,"script":"5120*33"}],"version":2,"lockTime":0,\
        "sequence":4294967293,"sighashType":0}}\
        """);
  }

  @Test
  void response() {
    Map<String, Bytes> updates = new TreeMap<>();
    updates.put("did:btcr2:k1qsecond", fill("02", 32));
    updates.put("did:btcr2:k1qfirst", fill("01", 32));
    check(
        IN_ROUND,
        new Response(updates, nonce(1)),
        """
        {"cohort":"c0*32","round":"50*32","instance":"1a*16","seq":5,"previous":"99*32",\
        "epoch":0,"body":{"updates":{"did:btcr2:k1qfirst":"01*32",\
        "did:btcr2:k1qsecond":"02*32"},\
        "nonce":{"number":1,"publicNonce":"02a1*3203a2*32"}}}\
        """);
  }

  @Test
  void proposal() {
    check(
        IN_ROUND,
        new Proposal(
            0,
            Bytes.EMPTY,
            Reason.FIRST,
            SpendPath.KEY_PATH,
            List.of(fill("d1", 32), fill("d2", 32)),
            List.of(fill("d1", 32), fill("d2", 32)),
            fill("aa", 32),
            fill("77", 32)),
        """
        {"cohort":"c0*32","round":"50*32","instance":"1a*16","seq":5,"previous":"99*32",\
        "epoch":0,"body":{"counter":0,"parent":"","reason":"FIRST","path":"KEY_PATH",\
        "responses":["d1*32","d2*32"],"nonces":["d1*32","d2*32"],"context":"aa*32",\
        "transcript":"77*32"}}\
        """);
  }

  @Test
  void partialSignature() {
    check(
        IN_ROUND,
        new PartialSignature(fill("77", 32), fill("88", 32), nonce(2)),
        """
        {"cohort":"c0*32","round":"50*32","instance":"1a*16","seq":5,"previous":"99*32",\
        "epoch":0,"body":{"transcript":"77*32","signature":"88*32",\
        "next":{"number":2,"publicNonce":"02a1*3203a2*32"}}}\
        """);
  }

  @Test
  void finalSignature() {
    check(
        IN_ROUND,
        new Final(
            fill("77", 32), Bytes.concat(fill("45", 30), Bytes.ofHex("2301")), fill("f5", 64)),
        """
        {"cohort":"c0*32","round":"50*32","instance":"1a*16","seq":5,"previous":"99*32",\
        "epoch":0,"body":{"transcript":"77*32","txid":"012345*30","signature":"f5*64"}}\
        """);
  }
}
