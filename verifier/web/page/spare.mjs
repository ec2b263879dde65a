// Ed25519 in JavaScript, as strict as RFC 8032 asks (and not as ZIP 215 allows), for where WebCrypto has none.
import {verifyAsync} from '@noble/ed25519';

// As the primitive of `src/format/ed25519.mjs`: false for whatever does not fit, bytes of any length included.
export async function verify(publicKey, signature, data) {
  try {
    return await verifyAsync(signature, data, publicKey, {zip215: false});
  } catch{
    return false;
  }
}
