// JSON Canonicalization Scheme (RFC 8785).
import {FormatError} from './errors.mjs';
import {isObject, plain} from './types.mjs';

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
  const parts = [];
  write(value, parts);
  return parts.join('');
}

// Adds the text of a value to `parts`, each once, however deep it stands.
function write(value, parts) {
  if(Array.isArray(value)) {
    value.forEach((each, place) => {
      parts.push(place ? ',' : '[');
      write(each, parts);
    });
    parts.push(value.length ? ']' : '[]');
  } else if(isObject(value)) {
    // `sort` orders by UTF-16 code units, as section 3.2.3 asks for.
    const names = Object.keys(value).sort();
    names.forEach((name, place) => {
      parts.push(place ? ',' : '{', quoted(name), ':');
      write(value[name], parts);
    });
    parts.push(names.length ? '}' : '{}');
  } else {
    parts.push(scalar(value));
  }
}

function scalar(value) {
  return typeof value === 'string' ? quoted(value) :
    typeof plain(value) === 'number' ? number(plain(value)) : JSON.stringify(value);
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
