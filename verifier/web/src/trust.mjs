// What the relying party trusts and has at hand: an immutable set, read from trust files and single documents.
//
// The one reader of the trust format (docs/formats.md). It decides nothing: whether a list or a document is genuine is
// for the checks to say.
import * as qrtext from './format/qrtext.mjs';
import {MAX_LIST_COPIES, MAX_QR_DICTIONARY_BYTES, MAX_TRUST_BYTES, MAX_TRUST_MEMBERS} from './limits.mjs';
import {asList, isObject, objectOf, plain, same} from './format/types.mjs';
import {cut, written} from './format/spelling.mjs';
import {earliest, latest, parse} from './format/timestamp.mjs';
import {FormatError} from './format/errors.mjs';
import {decodeBase64url} from './format/multibase.mjs';
import {loadObject, withoutMark} from './format/strictjson.mjs';

const MEMBERS = ['asOf', 'issuers', 'didDocuments', 'statusLists', 'schemas', 'contexts', 'qrDictionaries'];
const SEEN_MEMBERS = ['seenAt', 'statusLists', 'olderLists'];
const BY_ADDRESS = ['issuers', 'didDocuments', 'statusLists', 'schemas', 'contexts', 'qrDictionaries', 'olderLists'];

// A trust file that cannot be used: the caller's fault, never the credential's. `code` is stable.
export class TrustError extends Error {
  constructor(code, detail) {
    super(`${code}: ${detail}`);
    this.code = code;
    this.detail = detail;
  }
}

// Accepted issuers, and DID documents, status lists, schemas, contexts and QR dictionaries at hand, by their address.
//
// `asOf`: when they were put together. `issuers`: by DID, each {id, name, keys}; a key is {id, activeFrom, activeUntil},
// where null is open. `olderLists`: further copies of lists. `seenAt`: when a memory was last written.
export class Trust {
  constructor({asOf = null, seenAt = null, ...byAddress} = {}) {
    Object.assign(this, {asOf, seenAt});
    BY_ADDRESS.forEach(name => {
      this[name] = Object.freeze(objectOf(byAddress[name]));
    });
    Object.freeze(this);
  }

  // A trust file, a memory, a DID document or a status list credential, recognised by its content.
  //
  // Throws TrustError `trust.json`, `trust.format` or `trust.unknown`.
  static read(data) {
    const value = objectIn(data);
    if(holdsOnly(value, MEMBERS) && ('asOf' in value || 'issuers' in value)) {
      return fromTrustFile(value);
    }
    if('seenAt' in value && holdsOnly(value, SEEN_MEMBERS)) {
      return fromMemory(value);
    }
    if(Array.isArray(value.type) && value.type.includes('BitstringStatusListCredential')) {
      return new Trust({statusLists: objectOf({[listUrl(value)]: value})});
    }
    if(typeof value.id === 'string' && value.id.startsWith('did:')) {
      return new Trust({didDocuments: objectOf({[value.id]: value})});
    }
    throw new TrustError('trust.unknown', 'This is no trust file, DID document or status list.');
  }

  // Both together. For the same issuer, document or schema the other one counts; of lists both are kept.
  plus(other) {
    const [statusLists, olderLists] = [objectOf(), objectOf()];
    for(const url of new Set([...Object.keys(this.statusLists), ...Object.keys(other.statusLists)])) {
      const [newest, ...older] = newestFirst([...this.listCopies(url), ...other.listCopies(url)]);
      statusLists[url] = newest;
      Object.assign(olderLists, older.length ? objectOf({[url]: older}) : null);
    }
    return new Trust({
      asOf: earliest([this.asOf, other.asOf]),
      issuers: objectOf(this.issuers, other.issuers),
      didDocuments: objectOf(this.didDocuments, other.didDocuments),
      statusLists,
      schemas: objectOf(this.schemas, other.schemas),
      contexts: objectOf(this.contexts, other.contexts),
      qrDictionaries: objectOf(this.qrDictionaries, other.qrDictionaries),
      olderLists,
      seenAt: latest([this.seenAt, other.seenAt])
    });
  }

  // Every copy of a status list at hand, the one that claims to be newest first; none of them is proven.
  listCopies(url) {
    return url in this.statusLists ? [this.statusLists[url], ...asList(this.olderLists[url])] : [];
  }

  // This trust, with one more accepted issuer.
  accepting(did) {
    return new Trust({...this, issuers: objectOf({[did]: {id: did, name: '', keys: []}}, this.issuers)});
  }
}

function objectIn(data) {
  try {
    return loadObject(withoutMark(data), {maxBytes: MAX_TRUST_BYTES, maxMembers: MAX_TRUST_MEMBERS});
  } catch(error) {
    throw error instanceof FormatError ? new TrustError('trust.json', error.detail) : error;
  }
}

const holdsOnly = (value, names) => Object.keys(value).every(name => names.includes(name));

function fromTrustFile(value) {
  const issuers = list(value.issuers, 'issuers').map(issuerIn);
  return new Trust({
    asOf: instant(value.asOf, 'asOf'),
    issuers: objectOf(...issuers.map(each => objectOf({[each.id]: each}))),
    didDocuments: documents(value, 'didDocuments'),
    statusLists: documents(value, 'statusLists'),
    schemas: documents(value, 'schemas'),
    contexts: documents(value, 'contexts'),
    qrDictionaries: dictionaries(orEmpty(value.qrDictionaries))
  });
}

function fromMemory(value) {
  const older = orEmpty(value.olderLists);
  if(!isObject(older)) {
    throw new TrustError('trust.format', 'olderLists is not an object of arrays by address.');
  }
  const copies = Object.keys(older).map(url => [url, list(older[url], 'olderLists').filter(isObject)]);
  return new Trust({
    seenAt: instant(value.seenAt, 'seenAt'),
    statusLists: documents(value, 'statusLists'),
    olderLists: objectOf(...copies.map(([url, each]) => objectOf({[url]: each})))
  });
}

function listUrl({id}) {
  if(typeof id !== 'string') {
    throw new TrustError('trust.format', 'The status list has no id, so it is not known which list it is.');
  }
  return id;
}

// Distinct copies of one list: an old one must not hide a withdrawal that a newer one shows, nor a forged one hide a
// genuine one.
function newestFirst(copies) {
  const distinct = copies.filter((copy, place) => !copies.slice(0, place).some(each => same(each, copy)));
  const dated = distinct.map(copy => ({copy, from: validFrom(copy)}));
  const later = (one, other) => one.from === other.from ? 0 : one.from < other.from ? 1 : -1;
  return dated.sort(later).slice(0, MAX_LIST_COPIES).map(({copy}) => copy);
}

function validFrom(document) {
  try {
    return typeof document.validFrom === 'string' ? parse(document.validFrom) : 0n;
  } catch{
    return 0n;
  }
}

function issuerIn(value) {
  if(!isObject(value) || typeof value.id !== 'string') {
    throw new TrustError('trust.format', 'Each of issuers needs an id.');
  }
  const keys = list(value.keys, 'keys').map(keyIn);
  return Object.freeze({id: value.id, name: isEmpty(value.name) ? '' : written(value.name), keys});
}

function keyIn(value) {
  if(!isObject(value) || typeof value.id !== 'string') {
    throw new TrustError('trust.format', 'Each key of an issuer needs an id.');
  }
  const [activeFrom, activeUntil] = ['activeFrom', 'activeUntil'].map(name => instant(value[name], name));
  return Object.freeze({id: value.id, activeFrom, activeUntil});
}

function list(value, name) {
  if(value === null || value === undefined) {
    return [];
  }
  if(!Array.isArray(value)) {
    throw new TrustError('trust.format', `${name} is not an array.`);
  }
  return value;
}

function instant(value, name) {
  if(value === null || value === undefined) {
    return null;
  }
  try {
    return parse(typeof value === 'string' ? value : '');
  } catch(error) {
    throw error instanceof FormatError ? new TrustError('trust.format', `${name}: ${error.detail}`) : error;
  }
}

function documents(value, name) {
  const found = orEmpty(value[name]);
  if(!isObject(found) || !Object.values(found).every(isObject)) {
    throw new TrustError('trust.format', `${name} is not an object of documents by address.`);
  }
  return found;
}

function dictionaries(value) {
  if(!isObject(value)) {
    throw new TrustError('trust.format', 'qrDictionaries is not an object of dictionaries by address.');
  }
  return objectOf(...Object.keys(value).map(name => objectOf({[name]: dictionary(name, value[name])})));
}

function dictionary(name, value) {
  const data = bytesOf(typeof value === 'string' ? value : '');
  if(!qrtext.isAddress(name) || data.length === 0 || data.length > MAX_QR_DICTIONARY_BYTES) {
    const detail = `qrDictionaries: ${cut(name, 100)} is no dictionary in base64url at its address.`;
    throw new TrustError('trust.format', detail);
  }
  return data;
}

// None for what is no base64url, as for a dictionary without bytes.
function bytesOf(text) {
  try {
    return decodeBase64url(text);
  } catch{
    return new Uint8Array();
  }
}

// What counts for nothing: a trust file may say so in any of these ways.
function isEmpty(value) {
  const size = isObject(value) ? Object.keys(value).length : Array.isArray(value) ? value.length : plain(value);
  return !size;
}

const orEmpty = value => isEmpty(value) ? objectOf() : value;
