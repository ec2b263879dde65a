// The digests by which a credential fixes what it refers to, compared where the verifier knows what was published.
//
// VCDM 2.0 section 5.3; Subresource Integrity section 3.4, Controlled Identifiers 1.0 section 2.5 (multihash).
import {ANY_SPACE, NO_SPACE, words} from './format/space.mjs';
import {asList, isObject} from './format/types.mjs';
import {cut, written} from './format/spelling.mjs';
import {decodeBase58btc, decodeBase64url} from './format/multibase.mjs';
import {FormatError} from './format/errors.mjs';
import {hex} from './format/sha256.mjs';

const EXPRESSIONS = `(?:sha(?:256|384|512)-[A-Za-z0-9+/]+={0,2}(?:\\?${NO_SPACE}*)?(?:${ANY_SPACE}+|$))+`;
const SRI = new RegExp(`^${EXPRESSIONS}$`, 'u');
// Bytes of a digest, by algorithm.
const SIZES = new Map([
  ['sha256', 32], ['sha384', 48], ['sha512', 64], ['sha3-256', 32], ['sha3-384', 48], ['sha3-512', 64]
]);
const MULTIHASHES = new Map([
  [0x12, 'sha256'], [0x20, 'sha384'], [0x13, 'sha512'], [0x16, 'sha3-256'], [0x15, 'sha3-384'], [0x14, 'sha3-512']
]);
const VARINT_BYTES = 4; // every code of a hash in use has at most three

// Every digest of an entry of `relatedResource`: {algorithm, value}, where the algorithm is '' for one that is not known
// here.
//
// Throws FormatError `vc.related-resource` when there is none, or one that no resource can have.
export function digests(entry) {
  const found = [];
  try {
    if('digestSRI' in entry) {
      found.push(...fromSri(entry.digestSRI));
    }
    if('digestMultibase' in entry) {
      found.push(fromMultibase(entry.digestMultibase));
    }
  } catch(error) {
    if(!(error instanceof FormatError)) {
      throw error;
    }
    found.length = 0;
  }
  if(!found.length) {
    throw new FormatError('vc.related-resource', 'A relatedResource has no digest, or one of no known form.');
  }
  return found;
}

// The ids of related resources whose digest could not be compared here, in a well-formed credential. What was published is
// loaded when there is one, so that the page is there sooner for all others.
//
// Throws FormatError `context.digest` when one is compared and differs.
export async function compare(document) {
  const entries = asList(document.relatedResource).filter(isObject);
  const {PUBLISHED_DIGESTS} = entries.length ? await import('./format/published.mjs') : {};
  return entries.filter(entry => !isRight(entry, PUBLISHED_DIGESTS[entry.id] ?? {})).map(({id}) => written(id));
}

// Whether a digest of the entry is among the expected ones, by algorithm, and none differs from them.
function isRight(entry, expected) {
  const stated = digests(entry).filter(({algorithm}) => algorithm in expected);
  if(stated.some(({algorithm, value}) => hex(value) !== expected[algorithm])) {
    throw new FormatError('context.digest', `${cut(written(entry.id), 200)} was published with another digest.`);
  }
  return stated.length > 0;
}

function fromSri(value) {
  if(typeof value !== 'string' || !SRI.test(value)) {
    throw unreadable();
  }
  return words(value).map(fromExpression);
}

function fromExpression(text) {
  const [, algorithm, digits] = /^([^-]*)-([^?]*)/.exec(text);
  if(digits.length % 4) {
    throw unreadable();
  }
  const base64url = digits.replace(/=+$/, '').replaceAll('+', '-').replaceAll('/', '_');
  return sized(algorithm, decodeBase64url(base64url));
}

// A multihash: the algorithm's number, the length, and as many bytes.
function fromMultibase(value) {
  if(typeof value !== 'string' || !/^[uz]/.test(value)) {
    throw unreadable();
  }
  const [number, rest] = varint(value.startsWith('z') ? decodeBase58btc(value) : decodeBase64url(value.slice(1)));
  const [length, digest] = varint(rest);
  if(length !== digest.length || !length) {
    throw unreadable();
  }
  return sized(MULTIHASHES.get(number) ?? '', digest);
}

// A number in groups of seven bits, the lowest first, and the bytes behind it.
function varint(data) {
  let number = 0;
  for(const [place, byte] of data.subarray(0, VARINT_BYTES).entries()) {
    number |= (byte & 0x7f) << 7 * place;
    if(byte < 0x80) {
      return [number, data.subarray(place + 1)];
    }
  }
  throw unreadable();
}

function sized(algorithm, value) {
  if(value.length !== (SIZES.get(algorithm) ?? value.length)) {
    throw unreadable();
  }
  return {algorithm, value};
}

function unreadable() {
  return new FormatError('vc.related-resource', 'It is no digest.');
}
