// JSON Canonicalization Scheme (RFC 8785).
import {FormatError} from './errors.mjs';
import {plain} from './types.mjs';

const HALF_PAIR = /\p{Surrogate}/u;

// The canonical UTF-8 bytes of a JSON value.
//
// Throws FormatError (`jcs.number`, `jcs.text`) for non-finite numbers, and text that UTF-8 cannot carry. Nesting must
// be bounded by the caller, as `strictjson` does; it also refuses integers that not every reader holds exactly.
export function canonicalize(value) {
  return new TextEncoder().encode(canonicalText(value));
}

// The same as a text.
export function canonicalText(value) {
  if(typeof value === 'string') {
    return quoted(value);
  }
  if(typeof plain(value) === 'number') {
    return number(plain(value));
  }
  if(Array.isArray(value)) {
    return `[${value.map(canonicalText).join(',')}]`;
  }
  if(typeof value === 'object' && value !== null) {
    // `sort` orders by UTF-16 code units, as section 3.2.3 asks for.
    return `{${Object.keys(value).sort().map(name => `${quoted(name)}:${canonicalText(value[name])}`).join(',')}}`;
  }
  return JSON.stringify(value);
}

function quoted(text) {
  if(HALF_PAIR.test(text)) {
    throw new FormatError('jcs.text', 'A text holds half of a surrogate pair.');
  }
  return JSON.stringify(text);
}

function number(value) {
  if(!Number.isFinite(value)) {
    throw new FormatError('jcs.number', 'A number is not finite.');
  }
  return JSON.stringify(value);
}
