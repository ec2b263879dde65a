// Ed25519 public keys as Multikey texts and as JWKs, and the keys that nobody may accept.
//
// Controlled Identifiers 1.0 section 2.2.2 (codec 0xed01), RFC 8037 section 2.
import {SMALL_ORDER_Y} from './points.mjs';
import {FormatError} from './errors.mjs';
import {decodeBase58btc, decodeBase64url} from './multibase.mjs';
import {isObject} from './types.mjs';

const CODEC = [0xed, 0x01];
const LENGTH = 32;
const JWK_ALGORITHMS = ['EdDSA', 'Ed25519'];
const FIELD_PRIME = 2n ** 255n - 19n;
const BELOW_SIGN = 2n ** 255n - 1n;

// The 32 raw bytes of a Multikey; throws FormatError `key.invalid`, `key.weak` or `multibase.invalid`.
export function decode(text) {
  const data = decodeBase58btc(text);
  if(data[0] !== CODEC[0] || data[1] !== CODEC[1]) {
    throw new FormatError('key.invalid', 'The key is not an Ed25519 Multikey (codec 0xed01).');
  }
  return check(data.slice(2));
}

// The 32 raw bytes of the digits in an `Ed25519VerificationKey2018`, which name neither their base nor a codec.
export function decodeBase58(text) {
  return check(decodeBase58btc(`z${text}`));
}

// The 32 raw bytes of an Ed25519 JWK that holds no private part.
export function decodeJwk(jwk) {
  if(!isObject(jwk) || jwk.kty !== 'OKP' || jwk.crv !== 'Ed25519' || 'd' in jwk) {
    throw new FormatError('key.invalid', 'The key is not a public Ed25519 JWK (kty OKP, crv Ed25519).');
  }
  checkUse(jwk);
  if(typeof jwk.x !== 'string') {
    throw new FormatError('key.invalid', 'The JWK has no text x.');
  }
  return check(decodeBase64url(jwk.x));
}

// What a JWK says that it may be used for, if it says so, is verifying EdDSA (RFC 7517 sections 4.2 to 4.4).
function checkUse({key_ops: operations = ['verify'], use = 'sig', alg = 'EdDSA'}) {
  const verifies = Array.isArray(operations) && operations.includes('verify');
  if(use !== 'sig' || !verifies || !JWK_ALGORITHMS.includes(alg)) {
    throw new FormatError('key.invalid', 'The JWK says that it is for another use or algorithm.');
  }
}

// The same 32 bytes, if they are the canonical encoding of a point that is not of small order.
export function check(publicKey) {
  if(publicKey.length !== LENGTH) {
    throw new FormatError('key.invalid', `An Ed25519 public key has ${LENGTH} bytes, not ${publicKey.length}.`);
  }
  const y = littleEndian(publicKey) & BELOW_SIGN;
  if(y >= FIELD_PRIME) {
    throw new FormatError('key.weak', 'The key is not in its canonical encoding (RFC 8032 section 5.1.3).');
  }
  if(SMALL_ORDER_Y.includes(y)) {
    throw new FormatError('key.weak', 'The key is one of the small-order points, under which anyone can sign.');
  }
  return publicKey;
}

function littleEndian(bytes) {
  return bytes.reduceRight((number, byte) => number << 8n | BigInt(byte), 0n);
}
