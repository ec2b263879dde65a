// The JSON-LD engine of the page for the tests: one JSON request per line on stdin, one JSON answer per line on stdout.
//
//   {"op":"canonicalize","text","contexts"} -> {"nquads","steps"}   a document's canonical N-Quads, and the work it took;
//                                                                 contexts: URL -> JSON text
//   {"op":"meaning","text","contexts"}      -> {"part","steps"}     its defined part, as sorted JSON
//   {"op":"dataset","text"}                 -> {"nquads"}   the canonical form of N-Quads
//   {"op":"names","text"}                   -> {"names"}    blank node -> canonical name
//   {"op":"digest","text"}                  -> {"digest"}   SHA-256 in hex
//
// What is refused is {"code","detail"}. A text is parsed as strictly as a file is.
import {Work, canonicalNames, canonicalize} from '../../verifier/web/src/format/rdfc.mjs';
import {contextsFor, pin} from '../../verifier/web/src/format/contexts.mjs';
import {hex, sha256} from '../../verifier/web/src/format/sha256.mjs';
import {Steps} from '../../verifier/web/src/format/steps.mjs';
import {FormatError} from '../../verifier/web/src/format/errors.mjs';
import {createInterface} from 'node:readline';
import {definedPart} from '../../verifier/web/src/format/meaning.mjs';
import {dumps} from '../../verifier/web/src/format/dumps.mjs';
import {loadObject} from '../../verifier/web/src/format/strictjson.mjs';
import {read} from '../../verifier/web/src/format/nquads.mjs';
import {readFileSync} from 'node:fs';

pin(loadObject(readFileSync(new URL('../../verifier/web/data/contexts.json', import.meta.url))));

const bytes = text => new TextEncoder().encode(text);
const text = data => new TextDecoder('utf-8', {ignoreBOM: true}).decode(data);
const parsed = (contexts, steps) => contextsFor(Object.fromEntries(
  Object.entries(contexts).map(([url, each]) => [url, loadObject(bytes(each))])), steps);

const operations = {
  canonicalize: request => {
    const steps = new Steps();
    const contexts = parsed(request.contexts, steps);
    const nquads = text(canonicalize(loadObject(bytes(request.text)), contexts, new Work(steps)));
    return {nquads, steps: steps.taken};
  },
  meaning: request => {
    const steps = new Steps();
    const part = definedPart(loadObject(bytes(request.text)), parsed(request.contexts, steps));
    return {part: dumps(part, {sorted: true}), steps: steps.taken};
  },
  dataset: request => ({nquads: text(canonicalize(bytes(request.text)))}),
  names: request => ({names: Object.fromEntries(canonicalNames(read(bytes(request.text))))}),
  digest: request => ({digest: hex(sha256(request.text))})
};

function answer(request) {
  try {
    return operations[request.op](request);
  } catch(error) {
    if(error instanceof FormatError) {
      return {code: error.code, detail: error.detail};
    }
    return {crash: error.stack};
  }
}

for await (const line of createInterface({input: process.stdin})) {
  process.stdout.write(`${JSON.stringify(answer(JSON.parse(line)))}\n`);
}
