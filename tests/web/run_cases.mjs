// The verifier in JavaScript for the tests: one JSON request per line on stdin, one JSON answer per line on stdout.
//
//   {"op":"verify","data","trust","at","policy"} -> {"report","lines"}   `lines` is null for what is not genuine
//   {"op":"trust","files"}                       -> {"trust"}            all of them together
//
// `data` and `files` are base64, `at` is in microseconds, `trust` the JSON text that `dumped` gives for one. A trust that
// is refused is {"code","detail"}, anything that should not happen {"crash"}.
import {Trust, TrustError} from '../../verifier/web/src/trust.mjs';
import {readFileSync} from 'node:fs';
import {Level} from '../../verifier/web/src/report.mjs';
import {Policy} from '../../verifier/web/src/policy.mjs';
import {createInterface} from 'node:readline';
import {lines} from '../../verifier/web/src/summary.mjs';
import {loadObject} from '../../verifier/web/src/format/strictjson.mjs';
import {pin} from '../../verifier/web/src/format/contexts.mjs';
import {verify} from '../../verifier/web/src/verify.mjs';

const DOCUMENTS = ['didDocuments', 'statusLists', 'schemas', 'contexts', 'olderLists'];
const UNBOUNDED = {maxBytes: Infinity, maxMembers: Infinity};

pin(loadObject(readFileSync(new URL('../../verifier/web/data/contexts.json', import.meta.url))));

const bytes = coded => Uint8Array.from(Buffer.from(coded, 'base64'));
const instant = text => text === null ? null : BigInt(text);
const text = value => value === null ? null : String(value);
const base64 = data => Buffer.from(data).toString('base64');
const mapped = (object, change) => Object.fromEntries(
  Object.entries(object).map(([name, each]) => [name, change(each)]));

// The instants of a trust from texts, or to texts, and its dictionaries from base64, or to it.
function converted(trust, convert, convertBytes) {
  const key = ({id, activeFrom, activeUntil}) =>
    ({id, activeFrom: convert(activeFrom), activeUntil: convert(activeUntil)});
  return {
    asOf: convert(trust.asOf),
    seenAt: convert(trust.seenAt),
    issuers: mapped(trust.issuers, ({id, name, keys}) => ({id, name, keys: keys.map(key)})),
    qrDictionaries: mapped(trust.qrDictionaries, convertBytes),
    ...Object.fromEntries(DOCUMENTS.map(name => [name, trust[name]]))
  };
}

const together = trusts => trusts.reduce((one, other) => one.plus(other), new Trust());

const operations = {
  async verify({data, trust, at, policy}) {
    const given = new Trust(converted(loadObject(new TextEncoder().encode(trust), UNBOUNDED), instant, bytes));
    const report = await verify(bytes(data), {trust: given, at: BigInt(at), policy: new Policy(policy)});
    return {report, lines: report.genuine ? lines(report.require(Level.AUTHENTIC)) : null};
  },

  trust: ({files}) => ({
    trust: converted(together(files.map(each => Trust.read(bytes(each)))), text, base64)
  })
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
