// Raw DEFLATE (RFC 1951) with a preset dictionary: a small strict decoder of our own.
//
// It is our own because libraries do not tell where a stream ended: most pass over bytes behind the end, some over an
// end that never came, and the DecompressionStream of browsers takes no dictionary. Here nothing is produced beyond a
// bound, and refused is what zlib refuses, where zlib does. It may be slow: a QR code holds three kilobytes.
import {FormatError} from './errors.mjs';
import {Huffman} from './huffman.mjs';

const END_OF_BLOCK = 256;
// Symbols of a block that brings its own codes, at most (section 3.2.7; zlib refuses those without a meaning).
const MAX_LITERALS = 286;
const MAX_DISTANCES = 30;
// In this order a block gives the lengths of the code that its codes are written in.
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

// What the symbols for lengths and distances stand for: the first value, and how many further bits add to it.
const LENGTHS = [...steps(3, Array.from({length: 28}, (_, place) => Math.max(0, (place >> 2) - 1))), [258, 0]];
const DISTANCES = steps(1, Array.from({length: MAX_DISTANCES}, (_, place) => Math.max(0, (place >> 1) - 1)));

function steps(first, widths) {
  let next = first;
  return widths.map(bits => {
    const value = next;
    next += 1 << bits;
    return [value, bits];
  });
}

// {content, ended, unused}: at most `most` bytes, whether the end of the stream was met, and how many bytes stand behind
// it. Throws FormatError `qr.deflate` for what is no such stream; one that is cut short has merely not ended.
export function inflate(data, dictionary, most) {
  const stream = new Stream(data, dictionary, most);
  let ended = true;
  try {
    stream.read();
  } catch(error) {
    if(!(error instanceof Stopped)) {
      throw error;
    }
    ended = false;
  }
  return {content: stream.content, ended, unused: data.length - stream.place};
}

// No bits are left to read, or no room to write.
class Stopped extends Error {}

const malformed = () =>
  new FormatError('qr.deflate', 'The digits are no DEFLATE stream under this dictionary.');

// Section 3.2.6. The last symbols of both have codes, and no meaning.
const FIXED = [
  new Huffman(Array.from({length: 288}, (_, symbol) => symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8)),
  new Huffman(Array(32).fill(5))
];

// One stream on its way into bytes. `place`: of the next byte of `data`, of which the bits that are left are `held`.
class Stream {
  place = 0;
  held = 0;
  count = 0;

  constructor(data, dictionary, most) {
    this.data = data;
    this.start = dictionary.length;
    this.window = new Uint8Array(dictionary.length + most);
    this.window.set(dictionary);
    this.length = dictionary.length;
  }

  get content() {
    return this.window.slice(this.start, this.length);
  }

  read() {
    let last = 0;
    while(!last) {
      last = this.bits(1);
      this.block(this.bits(2));
    }
  }

  block(kind) {
    if(kind === 0) {
      this.stored();
    } else if(kind === 1) {
      this.compressed(...FIXED);
    } else if(kind === 2) {
      this.compressed(...this.codes());
    } else {
      throw malformed();
    }
  }

  // Section 3.2.4.
  stored() {
    this.count = 0;
    const [length, check] = [this.bits(16), this.bits(16)];
    if((length ^ check) !== 0xffff) {
      throw malformed();
    }
    for(let left = length; left > 0; left--) {
      this.write(this.bits(8));
    }
  }

  // Section 3.2.7.
  codes() {
    const [literals, distances, given] = [this.bits(5) + 257, this.bits(5) + 1, this.bits(4) + 4];
    if(literals > MAX_LITERALS || distances > MAX_DISTANCES) {
      throw malformed();
    }
    const widths = Array(ORDER.length).fill(0);
    ORDER.slice(0, given).forEach(symbol => {
      widths[symbol] = this.bits(3);
    });
    const lengths = this.lengths(sound(widths, {single: false}), literals + distances);
    if(!lengths[END_OF_BLOCK]) {
      throw malformed();
    }
    return [lengths.slice(0, literals), lengths.slice(literals)].map(each => sound(each, {single: true}));
  }

  lengths(code, size) {
    const lengths = [];
    while(lengths.length < size) {
      const symbol = code.read(this) ?? 0; // where there are no codes, zlib reads zeros, and misses the end later
      const [value, times] = symbol < 16 ? [symbol, 1] : this.repeated(symbol, lengths.at(-1));
      if(value === undefined || lengths.length + times > size) {
        throw malformed();
      }
      lengths.push(...Array(times).fill(value));
    }
    return lengths;
  }

  repeated(symbol, previous) {
    return symbol === 16 ? [previous, 3 + this.bits(2)] : [0, symbol === 17 ? 3 + this.bits(3) : 11 + this.bits(7)];
  }

  // Section 3.2.3.
  compressed(literals, distances) {
    for(;;) {
      const symbol = literals.read(this);
      if(symbol === END_OF_BLOCK) {
        return;
      }
      if(symbol < END_OF_BLOCK) {
        this.write(symbol);
      } else {
        this.repeat(this.value(LENGTHS[symbol - END_OF_BLOCK - 1]), this.value(DISTANCES[distances.read(this)]));
      }
    }
  }

  value(step) {
    if(!step) {
      throw malformed();
    }
    const [first, bits] = step;
    return first + this.bits(bits);
  }

  repeat(length, distance) {
    this.makeRoom(); // before the distance is looked at, as zlib does
    if(distance > this.length) {
      throw malformed();
    }
    for(let left = length; left > 0; left--) {
      this.write(this.window[this.length - distance]);
    }
  }

  write(byte) {
    this.makeRoom();
    this.window[this.length] = byte;
    this.length++;
  }

  makeRoom() {
    if(this.length === this.window.length) {
      throw new Stopped();
    }
  }

  // The next bits as a number, the first one lowest.
  bits(wanted) {
    while(this.count < wanted) {
      if(this.place === this.data.length) {
        throw new Stopped();
      }
      this.held = this.count ? this.held | this.data[this.place] << this.count : this.data[this.place];
      this.place++;
      this.count += 8;
    }
    const value = this.held & (1 << wanted) - 1;
    this.held >>>= wanted;
    this.count -= wanted;
    return value;
  }
}

function sound(lengths, allowed) {
  const code = new Huffman(lengths);
  if(!code.isSound(allowed)) {
    throw malformed();
  }
  return code;
}
