// Values as Python writes them, so that both verifiers say the same sentence about a foreign value.
import {WholeDouble} from './types.mjs';

const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Zs}]/u;
const SHORT = {'\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t'};

// The first characters of a text, none of them cut in half.
export function cut(text, limit) {
  return text.length <= limit ? text : Array.from(text.slice(0, 2 * limit)).slice(0, limit).join('');
}

// A JSON value as `str` writes it: texts as they are, all else as `quoted`.
export function written(value) {
  return typeof value === 'string' ? value : quoted(value);
}

// A JSON value as `repr` writes it.
export function quoted(value) {
  if(typeof value === 'string') {
    return quotedText(value);
  }
  if(value === null || value === undefined) {
    return 'None';
  }
  if(typeof value === 'boolean') {
    return value ? 'True' : 'False';
  }
  if(typeof value === 'number' || value instanceof WholeDouble) {
    return Number.isSafeInteger(value) ? String(value) : double(value instanceof WholeDouble ? value.value : value);
  }
  if(Array.isArray(value)) {
    return `[${value.map(quoted).join(', ')}]`;
  }
  return `{${Object.entries(value).map(([name, each]) => `${quoted(name)}: ${quoted(each)}`).join(', ')}}`;
}

function quotedText(text) {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const inner = Array.from(text, each => each === quote ? `\\${each}` : SHORT[each] ?? escaped(each));
  return quote + inner.join('') + quote;
}

function escaped(character) {
  if(character === ' ' || !UNPRINTABLE.test(character)) {
    return character;
  }
  const hex = character.codePointAt(0).toString(16);
  return hex.length <= 2 ? `\\x${hex.padStart(2, '0')}` :
    hex.length <= 4 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}

// The shortest digits, as in JavaScript; the exponent begins elsewhere and has two digits.
function double(value) {
  const [digits, exponent] = value.toExponential().split('e').map((part, place) => place ? Number(part) : part);
  if(exponent >= -4 && exponent < 16) {
    const plain = Object.is(value, -0) ? '-0' : exponent < 0 ? value.toFixed(-exponent + fraction(digits)) : String(value);
    return plain.includes('.') ? plain : `${plain}.0`;
  }
  return `${digits}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

const fraction = digits => (digits.split('.')[1] ?? '').length;
