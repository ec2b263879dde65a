// The digests by which a credential fixes what it refers to, compared where the verifier knows what was published.
//
// VCDM 2.0 section 5.3; Subresource Integrity section 3.4, Controlled Identifiers 1.0 section 2.5 (multihash).
import {asList, isObject} from './format/types.mjs';
import {cut, written} from './format/spelling.mjs';
import {decodeBase58btc, decodeBase64url} from './format/multibase.mjs';
import {FormatError} from './format/errors.mjs';
import {hex} from './format/sha256.mjs';
import {PUBLISHED_DIGESTS} from './format/published.mjs';
import {words} from './format/space.mjs';

const SRI = 'sha256-';
// sha2-256, 32 bytes.
const MULTIHASH = '1220';

// The ids of related resources whose digest could not be compared here, in a well-formed credential.
//
// Throws FormatError `context.digest` when one is compared and differs.
export function compare(document) {
  return asList(document.relatedResource).filter(isObject)
    .filter(entry => !isKnownAndRight(entry)).map(({id}) => written(id));
}

function isKnownAndRight(entry) {
  const expected = PUBLISHED_DIGESTS[entry.id];
  const stated = expected ? sha256Digests(entry) : [];
  if(stated.some(each => each !== expected)) {
    throw new FormatError('context.digest', `${cut(written(entry.id), 200)} was published with another digest.`);
  }
  return stated.length > 0;
}

// Every SHA-256 that an entry states, in hex; other hashes are stronger, and not known here.
function sha256Digests({digestSRI, digestMultibase}) {
  const integrity = words(text(digestSRI)).filter(each => each.startsWith(SRI));
  return [
    ...integrity.map(each => fromBase64(each.slice(SRI.length).split('?', 1)[0])),
    ...fromMultibase(text(digestMultibase))
  ];
}

// '' for no digest at all, and so not the right one.
function fromBase64(digits) {
  return digits.length % 4 ? '' : hex(Uint8Array.from(atob(digits), each => each.charCodeAt(0)));
}

function fromMultibase(digits) {
  try {
    const found = hex(digits.startsWith('z') ? decodeBase58btc(digits) : decodeBase64url(digits.slice(1)));
    return found.startsWith(MULTIHASH) ? [found.slice(MULTIHASH.length)] : [];
  } catch{
    return [''];
  }
}

function text(value) {
  return typeof value === 'string' ? value : '';
}
