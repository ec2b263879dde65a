// The values in a trust file (docs/formats.md): issuers with their keys, documents by address, dictionaries, times.
import {cut, written} from './format/spelling.mjs';
import {isObject, objectOf, plain} from './format/types.mjs';
import {FormatError} from './format/errors.mjs';
import {MAX_QR_DICTIONARY_BYTES} from './limits.mjs';
import {decodeBase64url} from './format/multibase.mjs';
import {isAddress} from './format/qrlink.mjs';
import {parse} from './format/timestamp.mjs';

// A trust file that cannot be used: the caller's fault, never the credential's. `code` is stable.
export class TrustError extends Error {
  constructor(code, detail) {
    super(`${code}: ${detail}`);
    this.code = code;
    this.detail = detail;
  }
}

// Of two equally new entries for one issuer: accepted, but by no key unless they agree about all of them.
export function agreed(one, other) {
  const [name = ''] = [one.name, other.name].filter(Boolean).sort();
  if(sameKeys(one, other) && !one.disputed && !other.disputed) {
    return Object.freeze({...one, name});
  }
  return Object.freeze({id: one.id, name, keys: [], disputed: true});
}

// Whether two entries for one issuer are equal.
export const sameIssuer = (one, other) =>
  one.name === other.name && one.disputed === other.disputed && sameKeys(one, other);

const sameKeys = ({keys: one}, {keys: other}) => one.length === other.length && one.every((key, place) =>
  Object.keys(key).every(name => key[name] === other[place][name]));

// The issuers of a trust file by their DID. Throws TrustError, also for two entries of which none is the newer.
export function issuers(value) {
  const found = items(value, 'issuers').map(issuerIn);
  eachOnce(found.map(({id}) => id), 'issuers');
  return objectOf(...found.map(each => objectOf({[each.id]: each})));
}

// Those of an issuer's own verification methods that are compromised.
export const givenUp = ({id, keys}) =>
  keys.filter(key => key.compromised !== null && key.id.split('#')[0] === id).map(key => key.id);

function issuerIn(value) {
  if(!isObject(value) || typeof value.id !== 'string') {
    throw new TrustError('trust.format', 'Each of issuers needs an id.');
  }
  const keys = items(value.keys, 'keys').map(keyIn).sort((one, other) => one.id < other.id ? -1 : 1);
  eachOnce(keys.map(({id}) => id), 'keys');
  return Object.freeze({id: value.id, name: isEmpty(value.name) ? '' : written(value.name), keys, disputed: false});
}

function keyIn(value) {
  if(!isObject(value) || typeof value.id !== 'string') {
    throw new TrustError('trust.format', 'Each key of an issuer needs an id.');
  }
  const dates = ['activeFrom', 'activeUntil', 'compromised'].map(name => [name, instant(value[name], name)]);
  return Object.freeze({id: value.id, ...Object.fromEntries(dates)});
}

function eachOnce(names, what) {
  if(new Set(names).size < names.length) {
    const seen = new Set();
    const twice = names.find(name => seen.size === seen.add(name).size);
    throw new TrustError('trust.format', `${what} names ${cut(twice, 200)} twice. Keep the newer entry.`);
  }
}

// The array `name` of a trust file; none is an empty one.
export function items(value, name) {
  if(value === null || value === undefined) {
    return [];
  }
  if(!Array.isArray(value)) {
    throw new TrustError('trust.format', `${name} is not an array.`);
  }
  return value;
}

// The time `name` of a trust file, or null.
export function instant(value, name) {
  if(value === null || value === undefined) {
    return null;
  }
  try {
    return parse(typeof value === 'string' ? value : '');
  } catch(error) {
    throw error instanceof FormatError ? new TrustError('trust.format', `${name}: ${error.detail}`) : error;
  }
}

// The documents under `name` of a trust file, by their address.
export function documents(value, name) {
  const found = orEmpty(value[name]);
  if(!isObject(found) || !Object.values(found).every(isObject)) {
    throw new TrustError('trust.format', `${name} is not an object of documents by address.`);
  }
  return found;
}

// The dictionaries of QR texts of a trust file, by their address.
export function dictionaries(value) {
  if(!isObject(value)) {
    throw new TrustError('trust.format', 'qrDictionaries is not an object of dictionaries by address.');
  }
  return objectOf(...Object.keys(value).map(name => objectOf({[name]: dictionary(name, value[name])})));
}

function dictionary(name, value) {
  const data = bytesOf(typeof value === 'string' ? value : '');
  if(!isAddress(name) || data.length === 0 || data.length > MAX_QR_DICTIONARY_BYTES) {
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

// What stands for nothing is an empty object.
export const orEmpty = value => isEmpty(value) ? objectOf() : value;
