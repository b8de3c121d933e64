// Checks, with no code of ours, what `beacon-cohort demo --json` said and left behind; of a demo of a
// fault too, if the cohort anchored somebody.
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

/**
 * Which path a witness takes, as docs/protocol.md says: one signature, or by leaf A per slot, last slot
 * first, a signature or nothing, then the script over the cohort's keys, then the control block.
 */
const spendPath = (witness, cohort) => {
  if (witness.length === 1) {
    check('the witness, one Schnorr signature', 64, witness[0].length);
    return 'key-path';
  }
  const keys = cohort.members.map((member) => member.cohortKey.slice(2));
  check('elements of a leaf witness', keys.length + 2, witness.length);
  const [script, control] = witness.slice(-2);
  const signatures = witness.slice(0, -2).filter((item) => item.length > 0);
  check('signatures by leaf A', signatures.map(() => 64), signatures.map((item) => item.length));
  const k = signatures.length;
  check('signatures above half of the members', true, k <= keys.length && 2 * k > keys.length);
  // OP_CHECKSIG, then OP_CHECKSIGADD, then k (OP_1 to OP_16, or pushed) and OP_NUMEQUAL.
  const checks = keys.map((key, slot) => `20${key}${slot === 0 ? 'ac' : 'ba'}`).join('');
  const number = k <= 16 ? (0x50 + k).toString(16) : `01${k.toString(16).padStart(2, '0')}`;
  check('the script of leaf A', `${checks}${number}9c`, script.toString('hex'));
  check('the leaf version, parity apart', 0xc0, control[0] & 0xfe);
  check('the internal key of a tree with one leaf', cohort.internalKey, control.subarray(1).toString('hex'));
  return 'leaf-a';
};

const [linesFile, members] = [process.argv[2], Number(process.argv[3])];
const lines = readFileSync(linesFile, 'utf8').trimEnd().split('\n').map((line) => JSON.parse(line));
for (const line of lines) {
  check(`"event" and "at" of ${JSON.stringify(line)}`, ['string', true], [typeof line.event, 'at' in line]);
}
const done = lines.at(-1);
check('the last event', 'done', done.event);
check('the network', 'regtest', done.network);
// A demo of a fault names its members, and what is anchored is in the files.
const faulty = Array.isArray(done.members);
check('the number of members', members, faulty ? done.members.length : done.members);
const cohort = readJson(done.out, 'cohort.json');
const { txid, tx, signalBytes } = faulty ? cohort.round : done;
const anchored = faulty ? done.members.filter((member) => member.by === 'cohort').map((member) => member.txid) : Array(members).fill(txid);
check('the transaction of whoever the cohort anchored', true, anchored.length > 0 && anchored.every((each) => each === txid));

const transaction = parse(Buffer.from(tx, 'hex'));
check('tx.hex', tx, readFileSync(join(done.out, 'tx.hex'), 'utf8').trim());
check('the txid', transaction.txid, txid);
check('inputs', 1, transaction.witnesses.length);
const path = spendPath(transaction.witnesses[0], cohort);
check('the spend path', (faulty ? cohort.round : done).spendPath, path);
const last = transaction.outputs.at(-1);
check('the last output', `6a20${signalBytes}`, last.script.toString('hex'));
check('the value of the last output', '0', String(last.value));

const folders = readdirSync(done.out).filter((name) => statSync(join(done.out, name)).isDirectory());
check('member folders', anchored.length, folders.length);
const dids = new Set();
for (const folder of folders) {
  const update = readJson(done.out, folder, 'update.json');
  const sidecar = readJson(done.out, folder, 'sidecar.json');
  const map = sidecar.casUpdates?.find((entry) => sha256(jcs(entry)).toString('hex') === signalBytes);
  check(`the CAS map of ${folder} hashes to the signal bytes`, true, map !== undefined);
  // Whoever vanished after its answer is in the map, and has no folder.
  const named = Object.keys(map).length;
  check(`DIDs in the CAS map of ${folder}`, true, anchored.length <= named && named <= members && (faulty || named === members));
  const did = Object.keys(map).find((key) => map[key] === sha256(jcs(update)).toString('base64url'));
  check(`update.json of ${folder} is in the CAS map`, true, did !== undefined);
  check(`the version ${folder} anchored in the round`, 3, update.targetVersionId);
  check(`versions in the sidecar of ${folder}`, [2, 3], sidecar.updates.map((u) => u.targetVersionId).sort());
  dids.add(did);
}
check('different members', anchored.length, dids.size);
console.log(`check-demo: ${txid}: ${path}, ${anchored.length} of ${members} members, signal = hash of the CAS map`);
