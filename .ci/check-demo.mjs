// Checks, with no code of ours, what `beacon-cohort demo --json` said and left behind.
// Usage: node check-demo.mjs LINES.json MEMBERS
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
const readJson = (...path) => JSON.parse(readFileSync(join(...path), 'utf8'));

// RFC 8785 for what occurs here: strings, integers, arrays and objects.
const jcs = (value) =>
  Array.isArray(value)
    ? `[${value.map(jcs).join(',')}]`
    : value && typeof value === 'object'
      ? `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${jcs(value[key])}`).join(',')}}`
      : JSON.stringify(value);

const check = (what, expected, found) => {
  if (JSON.stringify(expected) !== JSON.stringify(found)) {
    console.error(`check-demo: ${what} must be ${JSON.stringify(expected)}, got ${JSON.stringify(found)}`);
    process.exit(1);
  }
};

/** Reads a segwit transaction: the parts that the txid covers, the outputs, the witness of each input. */
const parse = (bytes) => {
  let at = 0;
  const take = (n) => bytes.subarray(at, (at += n));
  const count = () => {
    const first = take(1)[0];
    check('a count below 253', true, first < 253);
    return first;
  };
  const version = take(4);
  check('segwit marker and flag', '0001', take(2).toString('hex'));
  const bodyStart = at;
  const inputs = Array.from({ length: count() }, () => {
    const outpoint = take(36);
    check('the input script, empty for Taproot', 0, count());
    take(4);
    return outpoint;
  });
  const outputs = Array.from({ length: count() }, () => ({ value: take(8).readBigUInt64LE(), script: take(count()) }));
  const body = bytes.subarray(bodyStart, at);
  const witnesses = inputs.map(() => Array.from({ length: count() }, () => take(count())));
  const locktime = take(4);
  check('bytes after the transaction', 0, bytes.length - at);
  return { txid: sha256(sha256(version, body, locktime)).reverse().toString('hex'), outputs, witnesses };
};

const [linesFile, members] = [process.argv[2], Number(process.argv[3])];
const lines = readFileSync(linesFile, 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line));
for (const line of lines) {
  check(`"event" and "at" of ${JSON.stringify(line)}`, ['string', true], [typeof line.event, 'at' in line]);
}
const done = lines.at(-1);
check('the last event', 'done', done.event);
check('the network', 'regtest', done.network);
check('the number of members', members, done.members);

const transaction = parse(Buffer.from(done.tx, 'hex'));
check('tx.hex', done.tx, readFileSync(join(done.out, 'tx.hex'), 'utf8').trim());
check('the txid', transaction.txid, done.txid);
check('the witness, one Schnorr signature', [[64]], transaction.witnesses.map((items) => items.map((i) => i.length)));
const last = transaction.outputs.at(-1);
check('the last output', `6a20${done.signalBytes}`, last.script.toString('hex'));
check('the value of the last output', '0', String(last.value));
readJson(done.out, 'cohort.json');

const folders = readdirSync(done.out).filter((name) => statSync(join(done.out, name)).isDirectory());
check('member folders', members, folders.length);
const dids = new Set();
for (const folder of folders) {
  const update = readJson(done.out, folder, 'update.json');
  const sidecar = readJson(done.out, folder, 'sidecar.json');
  const map = sidecar.casUpdates?.find((entry) => sha256(jcs(entry)).toString('hex') === done.signalBytes);
  check(`the CAS map of ${folder} hashes to the signal bytes`, true, map !== undefined);
  check(`DIDs in the CAS map of ${folder}`, members, Object.keys(map).length);
  const did = Object.keys(map).find((key) => map[key] === sha256(jcs(update)).toString('base64url'));
  check(`update.json of ${folder} is in the CAS map`, true, did !== undefined);
  check(`the version ${folder} anchored in the round`, 3, update.targetVersionId);
  check(`versions in the sidecar of ${folder}`, [2, 3], sidecar.updates.map((u) => u.targetVersionId).sort());
  dids.add(did);
}
check('different members', members, dids.size);
console.log(`check-demo: ${done.txid}: key path, ${members} members, signal = hash of the CAS map`);
