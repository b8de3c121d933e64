package org.beaconcohort.cli;

import java.util.List;
import org.beaconcohort.fuzz.Fuzz;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.MaxValuesExceededException;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.MutuallyExclusiveArgsException;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Command lines under mutation: understood, or a usage error. */
final class OptionsFuzzTest {
  @Test
  void aCommandLineIsUnderstoodOrAUsageError() {
    List<String> lines =
        List.of(
            "demo --participants 10 --out ./round --relay ws://a ws://b --json",
            "coordinator run --relay ws://127.0.0.1:7777 --chain http://127.0.0.1:3002"
                + " --min 2 --max 2 --faucet --out out --fee-rate 2000 --wait-seconds 60",
            "participant join --relay ws://a --chain http://c --key-file k --update u --out o"
                + " --coordinator npub1 --max-fee 5 --rebase --network regtest",
            "update make --new-key --key-file k --add-service a,b,c --add-service d,e,f --out u",
            "update make --did did:btcr2:k1 --document d --document-version 4 --patch p --out u",
            "update sign --key-file k --update u --out s",
            "keys create --keystore k --name n --purpose identity --password-fd 3",
            "keys import --keystore k --name n --format mnemonic --path m/86'/0'/0'/0/0"
                + " --key-network bitcoin --secret-fd 3 --secret-password-fd 3",
            "keys export --keystore k --name n --format wif --unencrypted --out f",
            "keys restore --keystore k --from f --name n --backup-password-fd 4",
            "update sign --keystore k --name n --accept-linked-keys --update u --out s",
            "relay --host 127.0.0.1 --port 7777",
            "chain --port 3002 --block-every 0",
            "chain fund bcrt1q 50000 --chain http://c",
            "chain mine 3 --chain=http://c",
            "--help");
    CommandLine commandLine = Main.commandLine();
    Fuzz.ofText("command line", lines)
        .refusing(
            ParameterException.class,
            MissingParameterException.class,
            UnmatchedArgumentException.class,
            OverwrittenOptionException.class,
            MutuallyExclusiveArgsException.class,
            MaxValuesExceededException.class)
        .upTo(2_000)
        .allocatingPerUnit(8_192)
        .run(line -> commandLine.parseArgs(line.split(" ")));
  }
}
