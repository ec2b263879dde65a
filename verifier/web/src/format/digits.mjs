// Bytes from decimal digits, 17 for 7 bytes, as the numeric mode of a QR code has them (docs/qr-format.md, "Digits").
//
// Decoding is strict: what decodes, encodes to the same text.
import {FormatError} from './errors.mjs';

// Decimal digits that a group of so many bytes takes: the fewest that hold every value.
const DIGITS = [0, 3, 5, 8, 10, 13, 15, 17];
const GROUP = /[0-9]{1,17}/g;

// The bytes of ASCII digits; throws FormatError `qr.digits`.
export function decode(text) {
  return Uint8Array.from((text.match(GROUP) ?? []).flatMap(group));
}

function group(digits) {
  const size = DIGITS.indexOf(digits.length);
  if(size < 0) {
    throw new FormatError('qr.digits', `The last ${digits.length} digits stand for no whole number of bytes.`);
  }
  const number = BigInt(digits);
  if(number >> BigInt(8 * size)) {
    throw new FormatError('qr.digits', `${digits} is larger than ${size} bytes hold.`);
  }
  return Array.from({length: size}, (_, place) => Number(number >> BigInt(8 * (size - 1 - place)) & 0xffn));
}
