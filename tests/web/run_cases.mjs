// The verifier in JavaScript for the tests: one JSON request per line on stdin, one JSON answer per line on stdout.
//
//   {"op":"verify","data","trust","at","policy"} -> {"report","lines"}   `lines` is null for what is not genuine
//   {"op":"cost","data","trust","at","policy"}   -> {"seconds"}        of CPU, for the same
//   {"op":"trust","files"}                       -> {"trust"}            all of them together
//   {"op":"remember","memory","lists","accepted","at"} -> {"memory"}   after a check that found these lists genuine
//   {"op":"forget","memory","at"}                -> {"content","ahead","gone","kept"}   a memory put right
//
// `data`, `memory`, `lists` and `files` are base64, `at` is in microseconds, `trust` is the JSON text that `dumped` gives
// for one. A trust that
// is refused is {"code","detail"}, anything that should not happen {"crash"}.
import {Trust, TrustError} from '../../verifier/web/src/trust.mjs';
import {readFileSync} from 'node:fs';
import {Level} from '../../verifier/web/src/report.mjs';
import {Policy} from '../../verifier/web/src/policy.mjs';
import {answered} from './given.mjs';
import {createInterface} from 'node:readline';
import {lines} from '../../verifier/web/src/summary.mjs';
import {loadObject} from '../../verifier/web/src/format/strictjson.mjs';
import {pin} from '../../verifier/web/src/format/contexts.mjs';
import {forget, remember} from '../../verifier/web/src/memory.mjs';
import {verify} from '../../verifier/web/src/verify.mjs';

const DOCUMENTS = ['didDocuments', 'statusLists', 'schemas', 'contexts', 'olderLists'];

pin(loadObject(readFileSync(new URL('../../verifier/web/data/contexts.json', import.meta.url))));

const bytes = base64 => Uint8Array.from(Buffer.from(base64, 'base64'));
const text = value => value === null ? null : String(value);
const base64 = data => Buffer.from(data).toString('base64');
const mapped = (object, change) => Object.fromEntries(
  Object.entries(object).map(([name, each]) => [name, change(each)]));

// A trust with its instants as texts, and its dictionaries in base64.
function dumped(trust) {
  const key = ({id, activeFrom, activeUntil, compromised}) =>
    ({id, activeFrom: text(activeFrom), activeUntil: text(activeUntil), compromised: text(compromised)});
  return {
    asOf: text(trust.asOf),
    seenAt: text(trust.seenAt),
    issuers: mapped(trust.issuers, each => ({...each, keys: each.keys.map(key)})),
    qrDictionaries: mapped(trust.qrDictionaries, base64),
    compromised: [...trust.compromised].sort(),
    dates: mapped(trust.dates, names => mapped(names, text)),
    ...Object.fromEntries(DOCUMENTS.map(name => [name, trust[name]]))
  };
}

const operations = {
  verify: request => answered({Level, Policy, Trust, lines, loadObject, verify}, request),

  async cost(request) {
    const begun = process.cpuUsage();
    await operations.verify(request);
    const {user, system} = process.cpuUsage(begun);
    return {seconds: (user + system) / 1e6};
  },

  trust: ({files}) => ({
    trust: dumped(files.map(each => Trust.read(bytes(each))).reduce((one, other) => one.plus(other), new Trust()))
  }),

  forget({memory, at}) {
    const {content, ahead, ...found} = forget(Trust.read(bytes(memory)), BigInt(at));
    return {...found, content: base64(content), ahead: text(ahead)};
  },

  async remember({memory, lists, accepted, at, compromised}) {
    const genuineLists = new Map(lists.map(each => loadObject(bytes(each))).map(each => [each.id, each]));
    const before = memory ? Trust.read(bytes(memory)) : new Trust();
    const data = await remember(before, {genuineLists, credentials: []}, new Set(accepted), BigInt(at), compromised);
    return {memory: base64(data)};
  }
};

async function answer(line) {
  try {
    const request = JSON.parse(line);
    return await operations[request.op](request);
  } catch(error) {
    return error instanceof TrustError ? {code: error.code, detail: error.detail} : {crash: error.stack};
  }
}

for await (const line of createInterface({input: process.stdin})) {
  process.stdout.write(`${JSON.stringify(await answer(line))}\n`);
}
