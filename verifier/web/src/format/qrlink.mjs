// How the text of a QR code and the address of a dictionary look (docs/qr-format.md): enough to know them by. What reads
// such a text is qrtext.mjs, which is loaded for one.
export const HOST = '[a-z0-9][a-z0-9.-]{0,252}(?::[1-9][0-9]{0,4})?';
const BEGINS = /^https:\/\/[^/\t-\r ]{1,300}\/v#/;
const LONGEST_BEGINNING = 400;
const ADDRESS = new RegExp(`^https://${HOST}/qr/[1-9][0-9]{2}\\.bin$`);

// Whether `text` is an address at which an operator serves a dictionary.
export function isAddress(text) {
  return ADDRESS.test(text);
}

// Whether the bytes begin like such a text, and so cannot be JSON.
export function looksLike(data) {
  return BEGINS.test(written(stripped(data).subarray(0, LONGEST_BEGINNING)));
}

// The bytes without ASCII white space around them.
export function stripped(data) {
  const isSpace = byte => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
  let [start, end] = [0, data.length];
  while(start < end && isSpace(data[start])) {
    start++;
  }
  while(end > start && isSpace(data[end - 1])) {
    end--;
  }
  return data.subarray(start, end);
}

// A character for each byte.
export const written = data => new TextDecoder('latin1').decode(data);
