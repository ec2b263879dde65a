// Bytes to a document, by their content: JSON, a compact JWS, a QR text, or an image or PDF that carries one.
import * as jose from './format/jose.mjs';
import * as qrtext from './format/qrtext.mjs';
import {asList, objectOf, without} from './format/types.mjs';
import {FormatError} from './format/errors.mjs';
import {cut} from './format/spelling.mjs';
import {MAX_CREDENTIAL_BYTES} from './limits.mjs';
import {VCDM2} from './format/contexts.mjs';
import {latin1} from './format/text.mjs';
import {loadObject} from './format/strictjson.mjs';

const ENVELOPES = new Map([
  ['EnvelopedVerifiableCredential', `data:application/${jose.TYPE},`],
  ['EnvelopedVerifiablePresentation', `data:application/${jose.PRESENTATION_TYPE},`],
]);
// Readers of images and PDFs are loaded when a file may be one, so that the page is there sooner for all others.
const MAYBE_CARRIER = /^(?:\x89PNG|%PDF-|(?:\xef\xbb\xbf)?[ \t\r\n]*<)/;
const CARRIERS = [
  () => import('./format/bakedpng.mjs'), () => import('./format/bakedsvg.mjs'), () => import('./format/pdfattached.mjs')
];

// {document, jws} of bytes, or of a document that was read already: `jws` is what carried it, or null. `dictionaries` are
// those of QR texts, by address.
//
// Throws FormatError with a code of the check `readable`.
export async function read(source, dictionaries = objectOf()) {
  if(!(source instanceof Uint8Array)) {
    return opened(source);
  }
  const data = await unpacked(source);
  if(qrtext.looksLike(data)) {
    return {document: loadObject(qrtext.decode(data, dictionaries)), jws: null};
  }
  return jose.looksLike(data) ? token(data) : opened(loadObject(data));
}

function token(data) {
  const jws = jose.parse(data);
  return {document: without(jws.payload, ...jose.CLAIMS), jws};
}

// The one credential that an image or a PDF carries; everything else as it is.
//
// Throws FormatError with a code of the form, or `carrier.…` when there is not exactly one. What one file carries twice,
// byte for byte, is one.
export async function unpacked(data) {
  const carriers = MAYBE_CARRIER.test(latin1(data)) ? await Promise.all(CARRIERS.map(load => load())) : [];
  const carrier = carriers.find(each => each.looksLike(data));
  if(!carrier) {
    return data;
  }
  if(data.length > MAX_CREDENTIAL_BYTES) {
    throw new FormatError('json.size', 'The file is too large.');
  }
  const found = new Map((await carrier.contents(data)).map(each => [latin1(each), each]));
  if(found.size === 0) {
    throw new FormatError('carrier.none', 'The file carries no credential.');
  }
  if(found.size > 1) {
    throw new FormatError('carrier.several', `The file carries ${found.size} credentials.`);
  }
  return [...found.values()][0];
}

// {document, jws} of a document, or of what the token in its envelope holds (VCDM 2.0 sections 4.13.1 and 4.13.2).
//
// An envelope says nothing itself: nobody has signed it. Throws FormatError `envelope.form`, `envelope.kind` for one that
// holds another kind of token, or a code of the token.
export function opened(document) {
  const types = asList(document.type);
  const kind = [...ENVELOPES.keys()].find(each => types.includes(each));
  return kind ? token(enveloped(document, kind)) : {document, jws: null};
}

function enveloped(envelope, kind) {
  const {type, id, '@context': context} = envelope;
  const bare = Object.keys(envelope).sort().join(' ') === '@context id type' && asList(type).length === 1;
  if(!bare || typeof id !== 'string' || !id.startsWith('data:') || !asList(context).includes(VCDM2)) {
    throw new FormatError('envelope.form', 'An envelope has @context, one type, and a data: URL as id; nothing else.');
  }
  const [head] = id.split(',');
  if(`${head},` !== ENVELOPES.get(kind)) {
    throw new FormatError('envelope.kind', `The envelope holds ${cut(head, 80)}.`);
  }
  const data = new TextEncoder().encode(id.slice(head.length + 1));
  if(!jose.looksLike(data)) {
    throw new FormatError('jwt.form', 'The envelope holds no compact token.');
  }
  return data;
}
