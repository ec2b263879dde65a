// The parts of the verify page that need no browser: one JSON request per line on stdin, an answer per line on stdout.
//
//   {"op":"understood","text"}    -> what a pasted text is taken for, see pasted.mjs
//   {"op":"differences","names"}  -> how two names differ, see names.mjs
//   {"op":"csv","rows"}           -> the text of a table, see csv.mjs
//   {"op":"elsewhere","link","trust","own"} -> the foreign host that a link leads to, see hosts.mjs
//   {"op":"words"}               -> the texts of every language
//   {"op":"found","given","fresh"} -> {"kind","tone","results","facts","word","verdict"} of a case of given.mjs
import {Level} from '../../verifier/web/src/report.mjs';
import {Policy} from '../../verifier/web/src/policy.mjs';
import {Trust} from '../../verifier/web/src/trust.mjs';
import {answered} from './given.mjs';
import {asCsv} from '../../verifier/web/page/csv.mjs';
import {createInterface} from 'node:readline';
import {differences} from '../../verifier/web/page/names.mjs';
import {elsewhere} from '../../verifier/web/page/hosts.mjs';
import {factsOf, kindOf, resultsOf, toneOf} from '../../verifier/web/page/findings.mjs';
import {lines} from '../../verifier/web/src/summary.mjs';
import {loadObject} from '../../verifier/web/src/format/strictjson.mjs';
import {pin} from '../../verifier/web/src/format/contexts.mjs';
import {readFileSync} from 'node:fs';
import {understood} from '../../verifier/web/page/pasted.mjs';
import {verify} from '../../verifier/web/src/verify.mjs';
import german from '../../verifier/web/page/words/de.mjs';
import words from '../../verifier/web/page/words/en.mjs';

pin(loadObject(readFileSync(new URL('../../verifier/web/data/contexts.json', import.meta.url))));

const operations = {
  understood: ({text}) => understood(text),
  differences: ({names}) => differences(...names),
  elsewhere: ({link, trust, own}) => elsewhere(link, trust, own),
  words: () => ({en: words, de: german}),
  csv: ({rows}) => asCsv(rows),
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
