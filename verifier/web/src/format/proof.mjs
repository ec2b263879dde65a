// Data Integrity proofs: what eddsa-rdfc-2022, eddsa-jcs-2022 and Ed25519Signature2020 hash and sign.
//
// VC DI EdDSA 1.0 section 3; Data Integrity 1.0 section 4.
import {FormatError} from './errors.mjs';
import {canonicalize as canonicalizeJcs} from './jcs.mjs';
import {MAX_RECALLED} from '../limits.mjs';
import {Recall} from './recall.mjs';
import {canonicalizeQuads} from './rdfc.mjs';
import {decodeBase58btc} from './multibase.mjs';
import {objectOf, same, without} from './types.mjs';
import {digest} from './sha256.mjs';
import {toQuads} from './terms.mjs';

export const PROOF_TYPE = 'DataIntegrityProof';
export const RDFC = 'eddsa-rdfc-2022';
export const JCS = 'eddsa-jcs-2022';
export const ED25519_2020 = 'Ed25519Signature2020';
export const SIGNATURE_BYTES = 64;

// The suite that made a proof, or null when it is not one of those implemented here.
export function suiteOf({type, cryptosuite = null}) {
  if(type === PROOF_TYPE && (cryptosuite === RDFC || cryptosuite === JCS)) {
    return cryptosuite;
  }
  return type === ED25519_2020 && cryptosuite === null ? ED25519_2020 : null;
}

// Quads of what was walked a moment ago, and their hashes, since each of several proofs is over the same ones.
//
// A hash and no text: that of a status list is long.
export class Walked extends Recall {
  #hashed = [];

  // A promise of the SHA-256 of their canonical form; an array is known again that is the very same one.
  hashed(quads, work) {
    const found = this.#hashed.find(each => each.quads === quads) ??
      {quads, hash: digest(canonicalizeQuads(quads, work))};
    this.#hashed = [...this.#hashed.filter(each => each !== found), found].slice(-MAX_RECALLED);
    return found.hash;
  }
}

// The 64 bytes that are signed: SHA-256 of the proof configuration, then of the document.
//
// For a document without `proof` and a proof without `proofValue`. For eddsa-rdfc-2022 and Ed25519Signature2020 the
// proof is read under the document's `@context` (section 3.2.5); for eddsa-jcs-2022 the options are taken as they stand
// (section 3.3.5). In a chain, `unsecured` holds the proofs that this one rests on (Data Integrity 1.0 section 4.4).
// `work` bounds several calls together; `walked` has quads of what was walked under the same contexts a moment ago.
// Throws FormatError of the canonicalization.
export async function hashInput(unsecured, options, {contexts, work, walked = new Walked()}) {
  const digests = await Promise.all(suiteOf(options) === JCS ?
    canonicalJson(options, unsecured, work).map(digest) : hashedQuads(options, unsecured, contexts, work, walked));
  return Uint8Array.from(digests.flatMap(each => [...each]));
}

function canonicalJson(options, unsecured, work) {
  const texts = [options, unsecured].map(canonicalizeJcs);
  work?.steps.takeCharacters(texts[0].length + texts[1].length);
  return texts;
}

function hashedQuads(options, unsecured, contexts, work, walked) {
  const read = '@context' in unsecured ? objectOf(options, {'@context': unsecured['@context']}) : options;
  const walk = each => walked.answer(each, it => toQuads(it, contexts));
  return [read, unsecured].map(walk).map(quads => walked.hashed(quads, work));
}

// `document` without its proofs: itself where it has none.
export function unsecured(document) {
  return 'proof' in document ? without(document, 'proof') : document;
}

// The proof configuration: a proof without its `proofValue`.
export function optionsOf(proof) {
  return without(proof, 'proofValue');
}

// The document this proof speaks about, which is the one to verify and to show.
//
// Under eddsa-jcs-2022 a proof that carries `@context` fixes the document's: the document may start with it and append
// more, yet what was appended is not signed and is dropped here (section 3.3.2). Throws FormatError `proof.context` when
// the document does not start with it.
export function signedDocument(document, proof) {
  const plain = unsecured(document);
  if(proof.cryptosuite !== JCS || !('@context' in proof)) {
    return plain;
  }
  const [fixed, present] = [[proof['@context']].flat(1), [plain['@context']].flat(1)];
  if(!same(present.slice(0, fixed.length), fixed)) {
    throw new FormatError('proof.context', 'The document does not start with the @context that its proof fixes.');
  }
  return objectOf(plain, {'@context': proof['@context']});
}

// The 64 raw bytes of a `proofValue`; throws FormatError `proof.value`.
export function decodeSignature(value) {
  const signature = typeof value === 'string' ? decoded(value) : [];
  if(signature.length !== SIGNATURE_BYTES) {
    throw new FormatError('proof.value', 'proofValue is not the base58btc text of 64 bytes.');
  }
  return signature;
}

function decoded(text) {
  try {
    return decodeBase58btc(text);
  } catch(error) {
    throw error instanceof FormatError ? new FormatError('proof.value', error.detail) : error;
  }
}
