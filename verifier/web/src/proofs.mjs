// Reading proofs: from what a document carries to `Proof` objects, before any of them is believed.
//
// VC Data Integrity 1.0 sections 2.1 and 4.4 (sets and chains), VC DI EdDSA 1.0 section 3, VC JOSE COSE 1.0 section 3.1.
import * as dataIntegrity from './format/proof.mjs';
import * as jose from './format/jose.mjs';
import * as wellformed from './wellformed.mjs';
import {ASSERTION, AUTHENTICATION, Proof} from './examination.mjs';
import {CLOCK_SKEW_SECONDS, MAX_PROOFS} from './limits.mjs';
import {asList, isObject, same} from './format/types.mjs';
import {cut, written} from './format/spelling.mjs';
import {formatSeconds, fromSeconds, parse} from './format/timestamp.mjs';
import {FormatError} from './format/errors.mjs';
import {methodUrl} from './did.mjs';
import {stripped} from './format/space.mjs';

export const SKEW = fromSeconds(CLOCK_SKEW_SECONDS);
export const JOSE = 'vc+jwt';
const KEYS_SENT_ALONG = ['jwk', 'jku', 'x5c', 'x5u', 'x5t', 'x5t#S256'];

// Fill `case.proofs`, and `case.unsupported` with what another verifier might check.
export function readProofs(examination) {
  const entries = asList(examination.document.proof);
  if(examination.jws) {
    if(entries.length) {
      throw new FormatError('jwt.claims', 'A credential in a JWT carries a proof of its own as well.');
    }
    examination.proofs = [readJws(examination, examination.jws)];
    return;
  }
  checkCount(examination, entries);
  entries.forEach(entry => readEntry(examination, entry, entries));
  if(!examination.proofs.length) {
    const [first] = examination.unsupported;
    throw new FormatError('proof.cryptosuite', `Only proofs that are not checked here: ${first}.`);
  }
  if(examination.proofs.flatMap(proof => proof.previous).some(each => dataIntegrity.suiteOf(each) === null)) {
    throw new FormatError('proof.chain-unsupported', 'A proof rests on one that is not checked here.');
  }
  for(const name of examination.unsupported) {
    examination.warn('proof.unsupported-beside', `A further proof was not checked: ${name}.`);
  }
}

function checkCount({purpose}, entries) {
  if(!entries.length) {
    const unsigned = purpose === ASSERTION ? 'proof.missing' : 'presentation.unsigned';
    throw new FormatError(unsigned, 'There is no proof.');
  }
  if(entries.length > MAX_PROOFS) {
    throw new FormatError('proof.count', `There are ${entries.length} proofs; at most ${MAX_PROOFS} are read.`);
  }
}

function readEntry(examination, entry, entries) {
  if(!isObject(entry) || typeof entry.type !== 'string') {
    throw new FormatError('proof.type', 'A proof is not an object with one type.');
  }
  const suite = dataIntegrity.suiteOf(entry);
  if(suite === null) {
    const cryptosuite = 'cryptosuite' in entry ? written(entry.cryptosuite) : '';
    examination.unsupported.push(stripped(`${cut(entry.type, 60)} ${cut(cryptosuite, 60)}`));
    return;
  }
  if(entry.proofPurpose !== examination.purpose) {
    throw new FormatError('proof.purpose', `proofPurpose is not ${examination.purpose}.`);
  }
  const [created, expires] = [time(entry, 'created'), time(entry, 'expires')];
  refuseFuture(examination, created);
  examination.proofs.push(new Proof({
    suite,
    methodId: checkedMethodId(examination, entry.verificationMethod),
    created,
    expires,
    signature: dataIntegrity.decodeSignature(entry.proofValue),
    document: signedDocument(examination, entry),
    options: dataIntegrity.optionsOf(entry),
    previous: previousOf(entry, entries)
  }));
}

// What a proof fixes as @context is what will be shown, so it is held to the same rules.
function signedDocument(examination, entry) {
  const rules = examination.purpose === ASSERTION ? wellformed.check : wellformed.checkPresentation;
  const document = dataIntegrity.signedDocument(examination.plain, entry);
  if(same(document['@context'], examination.document['@context'])) {
    return document; // held to them already
  }
  try {
    rules(document);
  } catch(error) {
    throw error instanceof FormatError ? new FormatError('proof.context', error.detail) : error;
  }
  return document;
}

// The proofs that this one rests on: each must be there once, and no chain may lead back to itself.
function previousOf(entry, entries) {
  if(!('previousProof' in entry)) {
    return [];
  }
  const identified = entries.filter(each => isObject(each) && 'id' in each);
  const byId = new Map(identified.map(each => [written(each.id), each]));
  const names = asList(entry.previousProof);
  if(names.length > MAX_PROOFS) {
    throw new FormatError('proof.chain', 'previousProof names more proofs than are read.');
  }
  if(!names.every(name => typeof name === 'string' && byId.has(name))) {
    throw new FormatError('proof.chain', 'previousProof names a proof that is not there.');
  }
  if(!names.length || byId.size !== identified.length) {
    throw new FormatError('proof.chain', 'previousProof names no proof, or two proofs share an id.');
  }
  refuseCircle(entry, byId);
  return names.map(name => byId.get(name));
}

function refuseCircle(entry, byId) {
  let level = [entry];
  for(let steps = 1; level.length; steps += 1) {
    if(steps > MAX_PROOFS) {
      throw new FormatError('proof.chain', 'The proofs rest on each other in a circle.');
    }
    const names = new Set(level.flatMap(each => asList(each.previousProof).slice(0, MAX_PROOFS).map(written)));
    level = [...names].filter(name => byId.has(name)).map(name => byId.get(name));
  }
}

function readJws(examination, jws) {
  const {header, payload: claims} = jws;
  const typ = jose.typeOf(header);
  checkHeader(examination, header, typ);
  const [created, , expires] = ['iat', 'nbf', 'exp'].map(name => jose.numericDate(claims, name));
  if(created !== null && created - examination.at > SKEW) {
    // RFC 7519 section 4.1.6: iat tells the age of a token; from when on it counts, nbf says.
    examination.warn('jwt.future', `It is dated ${formatSeconds(created)}.`);
  }
  checkClaims(examination, claims);
  if(jws.signature.length !== jose.SIGNATURE_BYTES) {
    throw new FormatError('proof.value', `The signature has ${jws.signature.length} bytes.`);
  }
  leaveOtherKeysOpen(header);
  const methodId = checkedMethodId(examination, header.kid);
  if(typ === jose.UNTYPED) {
    examination.warn('jwt.untyped', `typ is not ${jose.TYPE}.`);
  }
  return new Proof({
    suite: JOSE,
    methodId,
    created,
    expires,
    signature: jws.signature,
    document: examination.document,
    signingInput: jws.signingInput
  });
}

function checkHeader({purpose}, header, typ) {
  if(jose.DRAFT_TYPES.includes(typ)) {
    throw new FormatError('proof.cryptosuite', `typ ${typ} is that of a draft, and is not checked here.`);
  }
  if(purpose === AUTHENTICATION && [jose.PRESENTATION_TYPE, jose.UNTYPED].includes(typ)) {
    throw new FormatError('kind.vp-jwt', 'A presentation in a JWT is not checked here.');
  }
  if(purpose !== ASSERTION || ![jose.TYPE, jose.UNTYPED].includes(typ)) {
    throw new FormatError('jwt.type', `typ is not ${jose.TYPE}, or what it holds is no credential.`);
  }
  if(header.alg === 'none') {
    throw new FormatError('jwt.algorithm', 'alg is none: nobody has signed this.');
  }
  if(!jose.ALGORITHMS.includes(header.alg)) {
    throw new FormatError('proof.cryptosuite', `alg ${cut(written(header.alg), 40)} is not checked here.`);
  }
  if('crit' in header || header.b64 === false) {
    throw new FormatError('jwt.critical', 'The header demands extensions that are not known here.');
  }
}

// Other issuers name their key by an address or within a set of keys, or send it along (RFC 7515 section 4.1, Open
// Badges 3.0 section 8.2). None of that says whose key it is.
function leaveOtherKeysOpen(header) {
  const {kid = null} = header;
  const other = typeof kid === 'string' && kid !== '' && !kid.includes('#') && !kid.startsWith('did:');
  if(other || (kid === null && KEYS_SENT_ALONG.some(name => name in header))) {
    throw new FormatError('proof.cryptosuite', 'The token does not name its key by a method of a DID document.');
  }
}

// What a JWT says twice, it says alike (VC JOSE COSE 1.0 section 3.1.3).
function checkClaims({document, signer}, claims) {
  if('vc' in claims || 'vp' in claims) {
    throw new FormatError('jwt.claims', 'The payload wraps the credential in a vc claim, as an older draft did.');
  }
  const subjects = asList(document.credentialSubject);
  const subjectId = subjects.length === 1 && isObject(subjects[0]) ? subjects[0].id : null;
  for(const [name, expected] of [['iss', signer], ['jti', document.id], ['sub', subjectId]]) {
    if(name in claims && !same(claims[name], expected ?? null)) {
      throw new FormatError('jwt.claims', `The claim ${name} differs from what the credential says.`);
    }
  }
}

function refuseFuture({at}, created) {
  if(created !== null && created - at > SKEW) {
    throw new FormatError('proof.created', 'The proof is dated in the future.');
  }
}

function checkedMethodId({signer}, value) {
  const url = typeof value === 'string' ? methodUrl(value, signer) : '';
  if(!/^[^#]+#[^]/.test(url)) {
    throw new FormatError('proof.method', 'The proof does not name its key by a URL with a fragment.');
  }
  return url;
}

function time(entry, name) {
  if(!(name in entry)) {
    return null;
  }
  try {
    return parse(typeof entry[name] === 'string' ? entry[name] : '');
  } catch(error) {
    throw error instanceof FormatError ? new FormatError('proof.created', `${name}: ${error.detail}`) : error;
  }
}
