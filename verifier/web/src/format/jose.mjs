// Compact JWS texts that secure a credential: `vc+jwt` with EdDSA (RFC 7515, VC JOSE COSE 1.0 section 3.1).
//
// Strict: canonical base64url without padding, one JSON object in each part. What the header says about keys (`jwk`,
// `jku`, `x5u`) is never believed: a key comes from the issuer's DID document alone.
import {MAX_CREDENTIAL_BYTES} from '../limits.mjs';
import {FormatError} from './errors.mjs';
import {decodeBase64url} from './multibase.mjs';
import {loadObject} from './strictjson.mjs';
import {fromSeconds} from './timestamp.mjs';
import {plain} from './types.mjs';

export const TYPE = 'vc+jwt';
// Says no more than that it is a token, and stands for no `typ` at all.
export const UNTYPED = 'jwt';
// What drafts of VC JOSE COSE 1.0 called credentials and presentations.
export const DRAFT_TYPES = ['vc+ld+jwt', 'vc+ld+json+jwt', 'vp+ld+jwt', 'vp+ld+json+jwt'];
// RFC 8037, and its fully specified name of RFC 9864.
export const ALGORITHMS = ['EdDSA', 'Ed25519'];
export const PRESENTATION_TYPE = 'vp+jwt';
// The registered claims (RFC 7519 section 4.1): they speak about the token, and are no statements of a credential.
export const CLAIMS = ['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti'];
export const SIGNATURE_BYTES = 64;
const SHAPE = /^[\t-\r ]*([A-Za-z0-9_=-]+)\.([A-Za-z0-9_=-]*)\.([A-Za-z0-9_=-]*)[\t-\r ]*$/;
const YEAR_9999 = 253_402_300_799;

// Whether the bytes have the outline of a compact JWS, and so cannot be JSON.
export function looksLike(data) {
  return shapeOf(data) !== null;
}

// The parts of a compact JWS, none of them verified: {header, payload, signingInput, signature}. `signingInput` is what
// the signature covers. Throws FormatError `jwt.form`, or a `json.…` code for its header or payload.
export function parse(data) {
  if(data.length > 2 * MAX_CREDENTIAL_BYTES) {
    throw new FormatError('json.size', 'The text is too large.');
  }
  const parts = shapeOf(data).slice(1);
  const [header, payload, signature] = decoded(parts);
  return {
    header: loadObject(header),
    payload: loadObject(payload),
    signingInput: new TextEncoder().encode(`${parts[0]}.${parts[1]}`),
    signature
  };
}

function shapeOf(data) {
  return SHAPE.exec(new TextDecoder('latin1').decode(data));
}

function decoded(parts) {
  try {
    return parts.map(decodeBase64url);
  } catch(error) {
    throw error instanceof FormatError ? new FormatError('jwt.form', error.detail) : error;
  }
}

// Its `typ` as a media type, whose case says nothing and which may be written in full (RFC 7515 section 4.1.9, RFC 2045
// section 5.1). `UNTYPED` where there is none, '' for what is no text.
export function typeOf({typ = UNTYPED}) {
  return typeof typ === 'string' ? typ.toLowerCase().replace(/^application\//, '') : '';
}

// The instant of a NumericDate (RFC 7519 section 2), null when absent; throws FormatError `jwt.claims`.
export function numericDate(claims, name) {
  if(!(name in claims)) {
    return null;
  }
  const value = plain(claims[name]);
  if(typeof value !== 'number' || !(value >= 0 && value <= YEAR_9999)) {
    throw new FormatError('jwt.claims', `${name} is not a number of seconds.`);
  }
  return fromSeconds(value);
}
