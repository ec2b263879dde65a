// The parts of the verify page that need no browser: one JSON request per line on stdin, an answer per line on stdout.
//
//   {"op":"understood","text"}    -> what a pasted text is taken for, see pasted.mjs
//   {"op":"differences","names"}  -> how two names differ, see names.mjs
//   {"op":"csv","rows"}           -> the text of a table, see csv.mjs
//   {"op":"elsewhere","link","trust","own"} -> the foreign host that a link leads to, see hosts.mjs
//   {"op":"parcel","given"} -> whether the report on a case of given.mjs is the same after its way out of a worker
//   {"op":"words"}               -> the texts of every language, and `more`: the keys of those that come later
//   {"op":"found","given","fresh"} -> {"kind","tone","results","facts","word","verdict"} of a case of given.mjs
//   {"op":"followed","frames","checks","until"} -> what is drawn for codes before a camera, see `followed`
import {Level, Report} from '../../verifier/web/src/report.mjs';
import {Policy} from '../../verifier/web/src/policy.mjs';
import {Trust} from '../../verifier/web/src/trust.mjs';
import {answered} from './given.mjs';
import {asCsv} from '../../verifier/web/page/csv.mjs';
import {createInterface} from 'node:readline';
import {differences} from '../../verifier/web/page/names.mjs';
import {elsewhere} from '../../verifier/web/page/hosts.mjs';
import {factsOf, kindOf, resultsOf, toneOf} from '../../verifier/web/page/findings.mjs';
import {following} from '../../verifier/web/page/scan/follow.mjs';
import {lines} from '../../verifier/web/src/summary.mjs';
import {loadObject} from '../../verifier/web/src/format/strictjson.mjs';
import {inspect} from 'node:util';
import {mock} from 'node:test';
import {packed, unpacked} from '../../verifier/web/page/check/parcel.mjs';
import {pin} from '../../verifier/web/src/format/contexts.mjs';
import {readFileSync} from 'node:fs';
import {understood} from '../../verifier/web/page/pasted.mjs';
import {verify} from '../../verifier/web/src/verify.mjs';
import german from '../../verifier/web/page/words/de.mjs';
import more from '../../verifier/web/page/words/en-more.mjs';
import words from '../../verifier/web/page/words/en.mjs';

pin(loadObject(readFileSync(new URL('../../verifier/web/data/contexts.json', import.meta.url))));

const STEP = 10;

// What is drawn at each STEP of milliseconds until `until`: {drawn, asking}, where `asking` are the texts that are being
// checked. `frames`: [time, texts, took] in order; `checks`: how long the check of each text takes.
async function followed({frames, checks, until}) {
  mock.timers.enable({apis: ['setTimeout', 'Date'], now: 0});
  const asking = new Set();
  const ask = (text, signal) => new Promise(resolve => {
    asking.add(text);
    const end = answer => {
      asking.delete(text);
      resolve(answer);
    };
    signal.addEventListener('abort', () => end(null));
    setTimeout(() => end(signal.aborted ? null : `answer on ${text}`), checks[text]);
  });
  let drawn = null;
  const follow = following({ask, now: () => Date.now(), draw: found => {
    drawn = {count: found.count, text: found.text ?? null, answer: found.answer ?? null};
  }});
  const samples = [];
  frames.forEach(([at, texts, took]) => setTimeout(() => follow.saw(texts, at), at + took));
  for(let now = 0; now <= until; now += STEP) {
    await new Promise(resolve => setImmediate(resolve));
    samples.push({drawn, asking: [...asking]});
    mock.timers.tick(STEP);
  }
  follow.close();
  mock.timers.reset();
  return samples;
}

const operations = {
  followed,
  understood: ({text}) => understood(text),
  differences: ({names}) => differences(...names),
  elsewhere: ({link, trust, own}) => elsewhere(link, trust, own),
  words: () => ({en: {...words, ...more}, de: german, more: Object.keys(more)}),
  csv: ({rows}) => asCsv(rows),
  async parcel({given}) {
    const {report} = await answered({Level, Policy, Trust, lines, loadObject, verify}, given);
    const again = unpacked(structuredClone(packed(report)));
    const told = each => inspect({each, json: each.toJSON(), claims: each.genuine && each.require(Level.AUTHENTIC),
      inside: each.credentials.map(one => one.genuine && one.require(Level.AUTHENTIC)),
      lines: each.genuine && lines(each.require(Level.AUTHENTIC))}, {depth: Infinity, maxArrayLength: Infinity});
    const forgotten = {...report, genuineLists: new Map(), credentials: report.credentials.map(each => unpacked(packed(each)))};
    const kept = new Report({...forgotten, credential: report.genuine ? report.require(Level.AUTHENTIC) : null});
    return told(again) === told(kept);
  },
  async found({given, fresh}) {
    const {report} = await answered({Level, Policy, Trust, lines, loadObject, verify}, given);
    const facts = factsOf({report, issuers: {}});
    const judgement = {report, fresh, source: 'saved'};
    const kind = kindOf(judgement);
    return {kind, tone: toneOf(judgement), results: Object.fromEntries(resultsOf(report)), facts: facts && facts.person,
      word: words[`kind.${kind}`] ?? null, verdict: report.verdict};
  }
};

for await (const line of createInterface({input: process.stdin})) {
  const request = JSON.parse(line);
  process.stdout.write(`${JSON.stringify(await operations[request.op](request) ?? null)}\n`);
}
