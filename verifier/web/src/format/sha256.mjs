// SHA-256 at once (FIPS 180-4): canonicalization takes thousands of digests, and WebCrypto lets each of them wait.

// The first 32 bits of the fractions of the roots of the first primes: square roots to start, cube roots for the rounds.
// None is so near to a whole number that the last bits of a root, in which engines may differ, would count.
const PRIMES = [];
for(let number = 2; PRIMES.length < 64; number++) {
  if(PRIMES.every(prime => number % prime)) {
    PRIMES.push(number);
  }
}
const fraction = root => (root - Math.floor(root)) * 2 ** 32 | 0;
const START = Int32Array.from(PRIMES.slice(0, 8), prime => fraction(Math.sqrt(prime)));
const ROUNDS = Int32Array.from(PRIMES, prime => fraction(Math.cbrt(prime)));

const encoder = new TextEncoder();
const HEX = Array.from({length: 256}, (_, byte) => byte.toString(16).padStart(2, '0'));
// Working space of one block; nothing of it lasts.
const schedule = new Int32Array(64);
const words = new Int32Array(64 + 8);

// The digest of bytes, or of a text in UTF-8.
export function sha256(data) {
  const padded = pad(typeof data === 'string' ? encoder.encode(data) : data);
  const state = Int32Array.from(START);
  for(let start = 0; start < padded.byteLength; start += 64) {
    expand(padded, start);
    compress(state);
  }
  const digest = new DataView(new ArrayBuffer(32));
  state.forEach((word, place) => digest.setInt32(4 * place, word));
  return new Uint8Array(digest.buffer);
}

export function hex(bytes) {
  let text = '';
  for(const byte of bytes) {
    text += HEX[byte];
  }
  return text;
}

// A one, zeros up to whole blocks, and the length in bits.
function pad(bytes) {
  const padded = new Uint8Array(Math.ceil((bytes.length + 9) / 64) * 64);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor(bytes.length / 2 ** 29));
  view.setUint32(padded.length - 4, bytes.length << 3);
  return view;
}

const turn = (word, by) => word >>> by | word << 32 - by;

function expand(view, start) {
  for(let place = 0; place < 16; place++) {
    schedule[place] = view.getInt32(start + 4 * place);
  }
  for(let place = 16; place < 64; place++) {
    const far = schedule[place - 15];
    const near = schedule[place - 2];
    schedule[place] = schedule[place - 16] + schedule[place - 7] +
      (turn(far, 7) ^ turn(far, 18) ^ far >>> 3) + (turn(near, 17) ^ turn(near, 19) ^ near >>> 10);
  }
}

// The words of the state move on by one place in each round: they stand in one array, of which the window moves down.
function compress(state) {
  words.set(state, 64);
  for(let round = 0; round < 64; round++) {
    const at = 64 - round;
    const a = words[at];
    const b = words[at + 1];
    const c = words[at + 2];
    const e = words[at + 4];
    const one = words[at + 7] + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + (e & words[at + 5] ^ ~e & words[at + 6]) +
      ROUNDS[round] + schedule[round] | 0;
    words[at + 3] += one;
    words[at - 1] = one + (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + (a & b ^ a & c ^ b & c);
  }
  for(let place = 0; place < 8; place++) {
    state[place] += words[place];
  }
}
