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
// Working space; nothing of it lasts.
const schedule = new Int32Array(64);
const words = new Int32Array(64 + 8);
const tail = new Uint8Array(128);
const short = new Uint8Array(3 * 256);

// The digest of bytes, or of a text in UTF-8.
export function sha256(data) {
  const bytes = typeof data === 'string' ? encoded(data) : data;
  const state = Int32Array.from(START);
  const whole = bytes.length - bytes.length % 64;
  for(let start = 0; start < whole; start += 64) {
    expand(bytes, start);
    compress(state);
  }
  const end = pad(bytes, whole);
  for(let start = 0; start < end; start += 64) {
    expand(tail, start);
    compress(state);
  }
  const digest = new Uint8Array(32);
  state.forEach((word, place) => write(digest, 4 * place, word));
  return digest;
}

// The digest of bytes, by the engine where it has one: whoever can wait gets that of a long text far sooner.
export async function digest(bytes) {
  const {subtle} = globalThis.crypto ?? {};
  return subtle ? new Uint8Array(await subtle.digest('SHA-256', bytes)) : sha256(bytes);
}

export function hex(bytes) {
  let text = '';
  for(const byte of bytes) {
    text += HEX[byte];
  }
  return text;
}

// Most texts are short and come by the thousand.
function encoded(text) {
  return text.length <= 256 ? short.subarray(0, encoder.encodeInto(text, short).written) : encoder.encode(text);
}

// What is left behind whole blocks, a one, zeros up to whole blocks again, and the length in bits: in `tail`, so far.
function pad(bytes, whole) {
  const rest = bytes.length - whole;
  const end = rest < 56 ? 64 : 128;
  tail.fill(0);
  for(let place = 0; place < rest; place++) {
    tail[place] = bytes[whole + place];
  }
  tail[rest] = 0x80;
  write(tail, end - 8, Math.floor(bytes.length / 2 ** 29));
  write(tail, end - 4, bytes.length << 3);
  return end;
}

function write(bytes, place, word) {
  bytes[place] = word >>> 24;
  bytes[place + 1] = word >>> 16;
  bytes[place + 2] = word >>> 8;
  bytes[place + 3] = word;
}

const turn = (word, by) => word >>> by | word << 32 - by;

function expand(bytes, start) {
  for(let place = 0; place < 16; place++) {
    const at = start + 4 * place;
    schedule[place] = bytes[at] << 24 | bytes[at + 1] << 16 | bytes[at + 2] << 8 | bytes[at + 3];
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
