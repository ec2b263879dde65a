// The QR text in JavaScript for the tests: one JSON request per line on stdin, one JSON answer per line on stdout.
//
//   {"op":"inflate","data","dictionary","most"} -> {"content","ended","unused"}
//   {"op":"digits","text"}                      -> {"data"}
//   {"op":"decode","data","dictionaries"}       -> {"data"}   dictionaries: by address; "" for what is no such text
//   {"op":"read","data","dictionaries"}         -> {"data","around"}   the document in canonical form
//
// Bytes are base64. What is refused is {"code","detail"}, anything that should not happen {"crash"}.
import * as digits from '../../verifier/web/src/format/digits.mjs';
import * as qrlink from '../../verifier/web/src/format/qrlink.mjs';
import * as qrtext from '../../verifier/web/src/format/qrtext.mjs';
import {FormatError} from '../../verifier/web/src/format/errors.mjs';
import {createInterface} from 'node:readline';
import {canonicalize} from '../../verifier/web/src/format/jcs.mjs';
import {inflate} from '../../verifier/web/src/format/inflate.mjs';
import {read} from '../../verifier/web/src/reading.mjs';

const bytes = base64 => Uint8Array.from(Buffer.from(base64, 'base64'));
const coded = data => Buffer.from(data).toString('base64');

const operations = {
  inflate({data, dictionary, most}) {
    const {content, ended, unused} = inflate(bytes(data), bytes(dictionary), most);
    return {content: coded(content), ended, unused: ended ? unused : 0};
  },

  digits: ({text}) => ({data: coded(digits.decode(text))}),

  async decode({data, dictionaries}) {
    const known = Object.fromEntries(Object.entries(dictionaries).map(([name, each]) => [name, bytes(each)]));
    return {data: qrlink.looksLike(bytes(data)) ? coded(qrtext.decode(bytes(data), known)) : ''};
  },

  async read({data, dictionaries}) {
    const known = Object.fromEntries(Object.entries(dictionaries).map(([name, each]) => [name, bytes(each)]));
    const {document, around} = await read(bytes(data), known);
    return {data: coded(canonicalize(document)), around};
  }
};

async function answer(request) {
  try {
    return await operations[request.op](request);
  } catch(error) {
    return error instanceof FormatError ? {code: error.code, detail: error.detail} : {crash: error.stack};
  }
}

for await (const line of createInterface({input: process.stdin})) {
  process.stdout.write(`${JSON.stringify(await answer(JSON.parse(line)))}\n`);
}
