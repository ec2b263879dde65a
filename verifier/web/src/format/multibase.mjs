// Multibase texts, the two alphabets in use here: base58btc (`z`) and base64url without padding (`u`).
//
// Controlled Identifiers 1.0 section 2.4. Decoding is strict: what decodes, encodes to the same text.
import {MAX_BASE58_CHARACTERS} from '../limits.mjs';
import {FormatError} from './errors.mjs';
import {lengthOf} from './text.mjs';
import {quoted} from './spelling.mjs';

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const BASE64URL = /^[A-Za-z0-9_-]*$/;

// The bytes of a `z…` text; throws FormatError `multibase.invalid`.
export function decodeBase58btc(text) {
  if(!text.startsWith('z') || lengthOf(text) > MAX_BASE58_CHARACTERS) {
    throw new FormatError('multibase.invalid', 'A base58btc text starts with z and is short.');
  }
  let number = 0n;
  for(const character of text.slice(1)) {
    const digit = ALPHABET.indexOf(character);
    if(digit < 0) {
      throw new FormatError('multibase.invalid', `${quoted(character)} is not a base58btc digit.`);
    }
    number = number * 58n + BigInt(digit);
  }
  const zeros = /^z(1*)/.exec(text)[1].length;
  const hex = number ? number.toString(16) : '';
  return Uint8Array.from([...Array(zeros).fill(0), ...bytesOf(hex.padStart(hex.length + hex.length % 2, '0'))]);
}

// The bytes of canonical, unpadded base64url digits; throws FormatError `base64url.invalid`.
export function decodeBase64url(text) {
  if(!BASE64URL.test(text)) {
    throw new FormatError('base64url.invalid', 'The text holds a character that base64url does not have.');
  }
  if(text.length % 4 === 1) {
    throw new FormatError('base64url.invalid', 'The text has a length that base64url cannot have.');
  }
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  if(binary.length % 3 && !endsInZeroBits(text)) {
    throw new FormatError('base64url.invalid', 'The last character carries bits that no byte holds.');
  }
  const bytes = new Uint8Array(binary.length);
  for(let place = 0; place < binary.length; place++) {
    bytes[place] = binary.charCodeAt(place);
  }
  return bytes;
}

// Two digits carry one byte and four spare bits, three carry two bytes and two.
function endsInZeroBits(text) {
  return (text.length % 4 === 2 ? 'AQgw' : 'AEIMQUYcgkosw048').includes(text.at(-1));
}

function bytesOf(hex) {
  return (hex.match(/../g) ?? []).map(pair => parseInt(pair, 16));
}
