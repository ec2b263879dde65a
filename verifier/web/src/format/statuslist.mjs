// The bits of a status list, from its `encodedList` (Bitstring Status List 1.0 sections 3.3 and 3.4).
import {MAX_DECODED_LISTS, MAX_STATUS_BITS, MIN_STATUS_BITS} from '../limits.mjs';
import {FormatError} from './errors.mjs';
import {decodeBase64url} from './multibase.mjs';
import {lengthOf} from './text.mjs';

const STEPS_A_LIST = 2_000;
const INDEX = /^(?:0|[1-9][0-9]{0,9})$/;
const MAX_INDEX = 10 ** 10 - 1; // as many digits; no list is that long

// The bitstring of an `encodedList`; throws FormatError `status.encoding` or `status.size`.
//
// Inflates at most MAX_STATUS_BITS, whatever the text claims.
export async function decode(encoded) {
  if(!encoded.startsWith('u')) {
    throw new FormatError('status.encoding', 'The list is not multibase base64url (u…).');
  }
  const compressed = fromBase64url(encoded.slice(1));
  const bits = await inflated(compressed);
  if(statedLength(compressed) !== bits.length) {
    throw notGzip(); // some engines pass over bytes behind the end
  }
  if(bits.length * 8 < MIN_STATUS_BITS) {
    throw new FormatError('status.size', `The list has fewer than ${MIN_STATUS_BITS} entries.`);
  }
  return bits;
}

function fromBase64url(text) {
  try {
    return decodeBase64url(text);
  } catch{
    throw notGzip();
  }
}

const notGzip = () => new FormatError('status.encoding', 'The list is not base64url of gzip, whole and alone.');

// The last four bytes of a gzip member say how long its content is (RFC 1952 section 2.3.1).
function statedLength({buffer, byteLength}) {
  return byteLength < 4 ? -1 : new DataView(buffer).getUint32(byteLength - 4, true);
}

async function inflated(compressed) {
  const reader = new Blob([compressed]).stream().pipeThrough(new DecompressionStream('gzip')).getReader();
  const chunks = [];
  let length = 0;
  for(;;) {
    const {done, value} = await reader.read().catch(() => {
      throw notGzip();
    });
    if(done) {
      return joined(chunks, length);
    }
    chunks.push(value);
    length += value.length;
    if(length > MAX_STATUS_BITS / 8) {
      await reader.cancel();
      throw new FormatError('status.size', `The list inflates to more than ${MAX_STATUS_BITS} entries.`);
    }
  }
}

function joined(chunks, length) {
  const bytes = new Uint8Array(length);
  let place = 0;
  for(const chunk of chunks) {
    bytes.set(chunk, place);
    place += chunk.length;
  }
  return bytes;
}

// Decodes as `decode` does, and remembers the last few answers, refusals too: many entries may share a list.
export class Decoder {
  #kept = new Map();

  // The bitstring of an `encodedList`, counted in `steps` unless remembered; throws as `decode`.
  bits(encoded, steps) {
    if(!this.#kept.has(encoded)) {
      steps.take(STEPS_A_LIST);
      steps.takeCharacters(lengthOf(encoded));
    }
    const found = this.#kept.get(encoded) ?? decode(encoded);
    this.#kept.delete(encoded);
    this.#kept.set(encoded, found);
    if(this.#kept.size > MAX_DECODED_LISTS) {
      this.#kept.delete(this.#kept.keys().next().value);
    }
    return found;
  }
}

// The entry's position from its decimal text, or from the number that some issuers write; throws FormatError
// `status.index`.
export function parseIndex(index) {
  if(Number.isSafeInteger(index) && index >= 0 && index <= MAX_INDEX) {
    return index;
  }
  if(typeof index !== 'string' || !INDEX.test(index)) {
    throw new FormatError('status.index', 'statusListIndex is not a decimal number without sign, fraction or zeros.');
  }
  return Number(index);
}

// The number in the `size` bits from `position` on (`statusSize`); throws FormatError `status.index`.
export function value(bits, position, size) {
  if(position + size > bits.length * 8) {
    throw new FormatError('status.index', `Bit ${position} is beyond the ${bits.length * 8} bits of the list.`);
  }
  let found = 0;
  for(let place = position; place < position + size; place += 1) {
    found = found << 1 | (bits[Math.floor(place / 8)] >> (7 - place % 8) & 1);
  }
  return found;
}
