// The signature primitive as this project calls it (RFC 8032, pure Ed25519).
import {check} from './multikey.mjs';

// Whether a signature fits the data under 32 key bytes; throws FormatError `key.weak` or `key.invalid`.
//
// WebCrypto refuses malleable signatures, yet may accept keys under which anyone can sign: those are refused here too.
export async function verifies(publicKey, signature, data) {
  return primitive(check(publicKey), signature, data);
}

// Another implementation, for browsers without Ed25519 in WebCrypto: a function that loads {verify(key, signature, data)}.
let spare = null;

// Name it. Nothing of it is loaded before it is needed.
export function useInstead(load) {
  spare = load;
}

// That an implementation is missing must never look like a signature that does not fit: without a spare one,
// NotSupportedError goes up to the caller of `verify`.
async function primitive(publicKey, signature, data) {
  const {subtle} = globalThis.crypto;
  try {
    const key = await subtle.importKey('raw', publicKey, {name: 'Ed25519'}, false, ['verify']);
    return await subtle.verify({name: 'Ed25519'}, key, signature, data);
  } catch(error) {
    if(error.name === 'DataError' || error.name === 'OperationError') {
      return false; // bytes that are no point of the curve
    }
    if(error.name === 'NotSupportedError' && spare) {
      return (await spare()).verify(publicKey, signature, data);
    }
    throw error;
  }
}
