// Bytes to a document, by their content: JSON, a compact JWS around it, or the text of a QR code that holds it.
import * as jose from './format/jose.mjs';
import * as qrtext from './format/qrtext.mjs';
import {asList, objectOf, without} from './format/types.mjs';
import {loadObject} from './format/strictjson.mjs';

const ENVELOPE = 'data:application/vc+jwt,';

// {document, jws} of bytes: `jws` is what carried the document, or null. `dictionaries` are those of QR texts, by
// address.
//
// Throws FormatError with a `json.…` or `qr.…` code, or `jwt.form`.
export function read(data, dictionaries = objectOf()) {
  if(qrtext.looksLike(data)) {
    return {document: loadObject(qrtext.decode(data, dictionaries)), jws: null};
  }
  if(!jose.looksLike(data)) {
    return {document: loadObject(data), jws: null};
  }
  const jws = jose.parse(data);
  return {document: without(jws.payload, ...jose.CLAIMS), jws};
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
