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
const BEYOND = /[\ue000-\uffff]/;
const HIGH = /[\ud800-\udbff]/;
const HIGHS = /[\ud800-\udbff]/g;

// Surrogates stand for the characters beyond all others, yet as numbers they come before U+E000.
const rank = unit => unit >= 0xe000 ? unit - 0x800 : unit >= 0xd800 ? unit + 0x2000 : unit;

// For sort: the order of code points, which is that of the bytes in UTF-8.
//
// Only beside a unit that is beyond the surrogates it differs from that of the engine, which is far faster.
export function byCodePoint(one, other) {
  if(!BEYOND.test(one) && !BEYOND.test(other)) {
    return one < other ? -1 : one > other ? 1 : 0;
  }
  const place = commonLength(one, other);
  return place < Math.min(one.length, other.length) ?
    rank(one.charCodeAt(place)) - rank(other.charCodeAt(place)) : one.length - other.length;
}

// How long the same beginning of two texts is: by halves that are compared at once, since long ones may be alike.
function commonLength(one, other) {
  let [place, end] = [0, Math.min(one.length, other.length)];
  while(place < end) {
    const middle = Math.ceil((place + end) / 2);
    if(one.slice(place, middle) === other.slice(place, middle)) {
      place = middle;
    } else {
      end = middle - 1;
    }
  }
  return place;
}

// The number of code points, which is the length that Python has.
export function lengthOf(text) {
  return HIGH.test(text) ? text.length - text.match(HIGHS).length : text.length;
}
