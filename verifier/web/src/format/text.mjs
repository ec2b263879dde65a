// Parts and order of texts as Python has them, and bytes as a text.

// What stands before the first separator, the separator, and what stands behind it.
export function partition(text, separator) {
  const place = text.indexOf(separator);
  return place < 0 ? [text, '', ''] : [text.slice(0, place), separator, text.slice(place + separator.length)];
}

const AT_ONCE = 8_192;

// As many characters as there are bytes, each with the number of its byte.
export function latin1(bytes) {
  const parts = [];
  for(let place = 0; place < bytes.length; place += AT_ONCE) {
    parts.push(String.fromCharCode(...bytes.subarray(place, place + AT_ONCE)));
  }
  return parts.join('');
}

const DECODER = new TextDecoder('windows-1252');

// The same but for the bytes 0x80 to 0x9f, which have other characters; for megabytes, where `latin1` takes its time.
export const nearlyLatin1 = bytes => DECODER.decode(bytes);

// Surrogates stand for the characters beyond all others, yet as numbers they come before U+E000.
const rank = unit => unit >= 0xe000 ? unit - 0x800 : unit >= 0xd800 ? unit + 0x2000 : unit;

// For sort: the order of code points, which is that of the bytes in UTF-8.
export function byCodePoint(one, other) {
  const end = Math.min(one.length, other.length);
  for(let place = 0; place < end; place++) {
    const [a, b] = [one.charCodeAt(place), other.charCodeAt(place)];
    if(a !== b) {
      return rank(a) - rank(b);
    }
  }
  return one.length - other.length;
}

// The number of code points, which is the length that Python has.
export function lengthOf(text) {
  return text.length - (text.match(/[\ud800-\udbff][\udc00-\udfff]/g)?.length ?? 0);
}
