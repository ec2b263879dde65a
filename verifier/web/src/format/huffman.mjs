// A canonical Huffman code, as DEFLATE has them (RFC 1951 section 3.2.2).

const MAX_BITS = 15;

// From the length in bits of each symbol's code; 0 for a symbol that has none.
export class Huffman {
  constructor(lengths) {
    this.counts = Array(MAX_BITS + 1).fill(0);
    lengths.forEach(length => this.counts[length]++);
    this.counts[0] = 0;
    this.longest = Math.max(...lengths);
    this.symbols = [...lengths.keys()].filter(symbol => lengths[symbol])
      .sort((one, other) => lengths[one] - lengths[other] || one - other);
  }

  // Codes of the greatest length that are free; below zero, two symbols claim the same one.
  get free() {
    return this.counts.slice(1).reduce((free, count) => 2 * free - count, 1);
  }

  // Whether there are neither too many codes nor too few. zlib lets pass that there are none at all, which shows when
  // one is read, and a single one, except among the lengths of codes.
  isSound({single}) {
    return this.free === 0 || this.longest === 0 || (single && this.longest === 1 && this.free > 0);
  }

  // The next symbol, undefined where the bits are the code of none.
  read(stream) {
    let [code, first, place] = [0, 0, 0];
    for(let length = 1; length <= Math.max(1, this.longest); length++) {
      code = 2 * code + stream.bits(1);
      first *= 2;
      if(code - first < this.counts[length]) {
        return this.symbols[place + code - first];
      }
      first += this.counts[length];
      place += this.counts[length];
    }
    return undefined;
  }
}
