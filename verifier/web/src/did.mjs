// DID documents and verification methods, from the trust at hand and never from a network.
//
// did:web (from Trust), did:key (from itself); Controlled Identifiers 1.0 sections 2 and 3.3, DID Core 1.0 section 5.
import * as multikey from './format/multikey.mjs';
import {asList, isObject, objectOf, same} from './format/types.mjs';
import {cut, written} from './format/spelling.mjs';
import {FormatError} from './format/errors.mjs';
import {parse} from './format/timestamp.mjs';

const KEY_METHOD = 'did:key:';
const WEB_METHOD = 'did:web:';
const MATERIALS = ['publicKeyMultibase', 'publicKeyJwk', 'publicKeyBase58', 'publicKeyHex', 'publicKeyPem'];
const BASE58_TYPE = 'Ed25519VerificationKey2018';

// The DID document of `did`.
//
// Throws FormatError `did.unknown` (not at hand), `did.method` (a method other than did:web and did:key) or
// `did.invalid` (the document is not that DID's).
export function resolve(did, trust) {
  if(did.startsWith(KEY_METHOD)) {
    return didKeyDocument(did);
  }
  if(!(did in trust.didDocuments)) {
    if(!did.startsWith(WEB_METHOD)) {
      throw new FormatError('did.method', `${cut(did, 120)} is neither did:web nor did:key.`);
    }
    if(trust.disputes(did)) {
      throw new FormatError(
        'did.unknown', `The DID documents of ${cut(did, 120)} at hand differ, and none is dated later.`);
    }
    throw new FormatError('did.unknown', `The DID document of ${cut(did, 120)} is not at hand.`);
  }
  const document = trust.didDocuments[did];
  if(document.id !== did) {
    throw new FormatError('did.invalid', `The document at hand for ${did} names another DID.`);
  }
  return document;
}

// Section 3 of the did:key method: the document is made from the identifier alone.
function didKeyDocument(did) {
  const text = did.slice(KEY_METHOD.length);
  recoded('did.invalid', '', () => multikey.decode(text));
  const id = `${did}#${text}`;
  const method = objectOf({id, type: 'Multikey', controller: did, publicKeyMultibase: text});
  return objectOf({id: did, verificationMethod: [method], assertionMethod: [id], authentication: [id]});
}

// The absolute DID URL of a method that a proof or token by `signer` names in short.
//
// A mere fragment belongs to the signer's DID; a did:key alone has one key that signs, named as the DID itself.
export function methodUrl(value, signer) {
  if(value.startsWith('#')) {
    return signer + value;
  }
  if(value.startsWith(KEY_METHOD) && !value.includes('#')) {
    return `${value}#${value.slice(KEY_METHOD.length)}`;
  }
  return value;
}

// The method `methodId` of a DID document, if it stands under `purpose` (assertionMethod or authentication):
// {id, controller, publicKey, revoked, expires}, where `publicKey` is 32 raw bytes and the instants may be null.
//
// Throws FormatError `method.unknown`, `method.purpose`, `method.controller` or `method.key`.
export function verificationMethod(document, methodId, purpose) {
  const did = document.id;
  const embedded = described(document[purpose], did);
  const found = [...described(document.verificationMethod, did), ...embedded].filter(({id}) => id === methodId);
  const [entry] = found;
  if(!entry) {
    throw new FormatError('method.unknown', `The issuer's DID document has no key ${cut(methodId, 200)}.`);
  }
  if(found.some(each => !same(each, entry))) { // the same entry in both places is one key
    throw new FormatError('method.key', `The issuer's DID document has two keys ${cut(methodId, 200)}.`);
  }
  const named = asList(document[purpose]).some(each => absolute(each, did) === methodId);
  if(!named && !embedded.some(each => same(each, entry))) {
    throw new FormatError('method.purpose', `${methodId} is not listed under ${purpose}.`);
  }
  if(entry.controller !== did) {
    throw new FormatError(
      'method.controller', `${methodId} is controlled by ${cut(written(entry.controller), 120)}.`);
  }
  const [publicKey, revoked, expires] = [publicKeyOf(entry), instant(entry.revoked), instant(entry.expires)];
  return {id: methodId, controller: did, publicKey, revoked, expires};
}

// A DID URL, made absolute where it is a mere fragment (DID Core 1.0 section 3.2.2).
function absolute(value, did) {
  return typeof value === 'string' && value.startsWith('#') ? did + value : value;
}

// The methods that are written out, not only named, each under its absolute id.
function described(value, did) {
  return asList(value).filter(isObject).map(each => objectOf(each, {id: absolute(each.id, did)}));
}

// One key material per method: Multikey, JsonWebKey, or the older form of a bare base58btc text.
//
// Controlled Identifiers 1.0 section 2.2, Ed25519 Signature 2018 section 4.
function publicKeyOf(entry) {
  const present = MATERIALS.filter(name => name in entry).join(' ');
  if(present === 'publicKeyMultibase' && typeof entry.publicKeyMultibase === 'string') {
    return recoded('method.key', '', () => multikey.decode(entry.publicKeyMultibase));
  }
  if(present === 'publicKeyJwk') {
    return recoded('method.key', '', () => multikey.decodeJwk(entry.publicKeyJwk));
  }
  if(present === 'publicKeyBase58' && entry.type === BASE58_TYPE) {
    return recoded('method.key', '', () => multikey.decodeBase58(written(entry.publicKeyBase58)));
  }
  throw new FormatError('method.key', 'The method needs exactly one key: publicKeyMultibase or publicKeyJwk.');
}

function instant(value) {
  if(value === null || value === undefined) {
    return null;
  }
  return recoded('method.key', 'revoked or expires: ', () => parse(typeof value === 'string' ? value : ''));
}

// What a codec gives, its refusals under a code of this check.
function recoded(code, lead, decode) {
  try {
    return decode();
  } catch(error) {
    throw error instanceof FormatError ? new FormatError(code, lead + error.detail) : error;
  }
}
