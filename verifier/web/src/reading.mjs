// Bytes to a document, by their content: JSON, a compact JWS, a QR text, or an image or PDF that carries one.
import * as jose from './format/jose.mjs';
import * as qrtext from './format/qrtext.mjs';
import {asList, objectOf, without} from './format/types.mjs';
import {FormatError} from './format/errors.mjs';
import {MAX_CREDENTIAL_BYTES} from './limits.mjs';
import {latin1} from './format/text.mjs';
import {loadObject} from './format/strictjson.mjs';

const ENVELOPE = 'data:application/vc+jwt,';
// Readers of images and PDFs are loaded when a file may be one, so that the page is there sooner for all others.
const MAYBE_CARRIER = /^(?:\x89PNG|%PDF-|(?:\xef\xbb\xbf)?[ \t\r\n]*<)/;
const CARRIERS = [
  () => import('./format/bakedpng.mjs'), () => import('./format/bakedsvg.mjs'), () => import('./format/pdfattached.mjs')
];

// {document, jws} of bytes: `jws` is what carried the document, or null. `dictionaries` are those of QR texts, by
// address.
//
// Throws FormatError with a code of the check `readable`.
export async function read(source, dictionaries = objectOf()) {
  if(Object.values(dictionaries).some(each => latin1(each) === latin1(source))) {
    throw new FormatError('kind.qr-dictionary', 'The bytes of a dictionary of QR texts at hand.');
  }
  const data = await unpacked(source);
  if(qrtext.looksLike(data)) {
    return {document: loadObject(qrtext.decode(data, dictionaries)), jws: null};
  }
  if(!jose.looksLike(data)) {
    return {document: loadObject(data), jws: null};
  }
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

// The JWT in an EnvelopedVerifiableCredential of a presentation, null for any other credential.
//
// VCDM 2.0 section 4.13.1. Empty bytes, which no reader takes, for an envelope that holds something else.
export function opened({type, id}) {
  if(!asList(type).includes('EnvelopedVerifiableCredential')) {
    return null;
  }
  const held = typeof id === 'string' && id.startsWith(ENVELOPE);
  return new TextEncoder().encode(held ? id.slice(ENVELOPE.length) : '');
}
