// The checks up to the signature: is the document genuine? One small function per check.
//
// A check returns nothing when it passes and throws FormatError with a code of `codes.mjs` when it does not; the code
// decides whether that fails the credential or leaves it open.
import * as dataIntegrity from './format/proof.mjs';
import * as related from './related.mjs';
import * as wellformed from './wellformed.mjs';
import {AUTHENTICATION} from './examination.mjs';
import {Model, modelOf} from './model.mjs';
import {JOSE, readProofs} from './proofs.mjs';
import {asList, isObject, objectOf, same, without} from './format/types.mjs';
import {resolve, verificationMethod} from './did.mjs';
import {CODES} from './codes.mjs';
import {FormatError} from './format/errors.mjs';
import {cut} from './format/spelling.mjs';
import {formatFull} from './format/timestamp.mjs';
import {read} from './reading.mjs';
import {toDocument} from './format/fromrdf.mjs';
import {toQuads} from './format/terms.mjs';
import {Vocabulary} from './format/vocabulary.mjs';
import {verifies} from './format/ed25519.mjs';

const STEPS_A_SIGNATURE = 200;

// RFC 8259, RFC 7493, RFC 7515: one JSON object with one meaning, alone, in a compact JWS, a QR text, or a carrier.
export async function readable(examination) {
  const {document, jws, around} = await read(examination.source, examination.trust.qrDictionaries);
  Object.assign(examination, {document, jws, plain: dataIntegrity.unsecured(document)});
  if(around) {
    examination.warn('text.around', 'It stood between other text.');
  }
}

// VCDM 2.0 section 4, or VCDM 1.1.
export function wellFormed(examination) {
  wellformed.check(examination.document);
  examination.signer = wellformed.issuerId(examination.document);
  if(modelOf(examination.document) === Model.V1) {
    examination.warn('vc.older-model', 'It follows version 1.1 of the data model.');
  }
}

// VCDM 2.0 section 4.13.
export function presentationWellFormed(examination) {
  wellformed.checkPresentation(examination.document);
  examination.purpose = AUTHENTICATION;
  examination.signer = wellformed.holderId(examination.document);
}

// VCDM 2.0 section 4.3: every context, nested ones too, is at hand and keeps to the rules; none is ever fetched.
export function contextsKnown(examination) {
  // The document last, since it is what will be asked for next; its problems first.
  const problems = readings(examination).reverse().map(each => walk(examination, each));
  examination.termProblems = problems.reverse().filter(Boolean);
  const problem = examination.termProblems.find(({code}) => belongsTo('contexts-known', code));
  if(problem) {
    throw named(problem, examination.document);
  }
  for(const url of related.compare(examination.document)) {
    examination.warn('context.digest-unchecked', `${cut(url, 200)} is not at hand to compare.`);
  }
}

// A kind whose vocabulary is not at hand, by its name.
function named(problem, {type}) {
  const isRecord = problem.code === 'context.unknown' && asList(type).includes('ClrCredential');
  return isRecord ? new FormatError('kind.clr-2', problem.detail) : problem;
}

// VCDM 2.0 section 5.13: nothing is shown that the signature does not cover.
export function termsDefined(examination) {
  for(const problem of examination.termProblems) {
    if(!allSigned(examination) || !['terms.undefined', 'terms.unsupported'].includes(problem.code)) {
      throw ofCheck('terms-defined', 'terms.unsupported', problem);
    }
    examination.warn('terms.undefined-signed', problem.detail);
  }
  if(!allSigned(examination)) {
    const {contexts, plain} = examination;
    const quads = quadsOf(examination, plain);
    try {
      examination.statements = toDocument(quads, quads[0][0], new Vocabulary(contexts));
    } catch(error) {
      throw error instanceof FormatError ? ofCheck('terms-defined', 'terms.unsupported', error) : error;
    }
  }
}

function quadsOf({contexts, walked}, document) {
  return walked.answer(document, it => toQuads(it, contexts));
}

// What one walk over the document, which is also how it is signed, takes exception to.
function walk(examination, document) {
  try {
    if(allSigned(examination)) {
      toQuads(document, examination.contexts, {allSigned: true});
    } else {
      quadsOf(examination, document);
    }
  } catch(error) {
    if(error instanceof FormatError) {
      return error;
    }
    throw error;
  }
  return null;
}

// Under eddsa-jcs-2022 and in a JWT every byte is signed: what no context defines is merely without meaning.
function allSigned(examination) {
  const suites = proofObjects(examination).map(dataIntegrity.suiteOf);
  return examination.jws !== null || (suites.length > 0 && suites.every(suite => suite === dataIntegrity.JCS));
}

// The proofs that are checked here; one of another suite is neither shown nor relied on, so it needs no meaning.
function proofObjects({document}) {
  return asList(document.proof).filter(entry => isObject(entry) && dataIntegrity.suiteOf(entry));
}

// The document under each @context that a proof fixes; where proofs are quads too, also each proof.
function readings(examination) {
  const {plain} = examination;
  const [context, proofs] = [plain['@context'], proofObjects(examination)];
  const under = (document, chosen) => objectOf(document, {'@context': chosen});
  if(!allSigned(examination)) {
    return [plain, ...proofs.map(entry => under(dataIntegrity.optionsOf(entry), context))];
  }
  const fixed = proofs.length ? proofs.map(entry => '@context' in entry ? entry['@context'] : context) : [context];
  const distinct = fixed.filter((each, place) => !fixed.slice(0, place).some(other => same(other, each)));
  return distinct.map(each => under(plain, each));
}

// VC Data Integrity 1.0 section 2.1, VC DI EdDSA 1.0 section 3, VC JOSE COSE 1.0 section 3.1.
export function proofShape(examination) {
  readProofs(examination);
}

// DID Core 1.0 section 7.1, from the trust at hand.
export function issuerResolved({signer, proofs, didDocuments, trust}) {
  for(const did of new Set([signer, ...proofs.map(proof => proof.controller)])) {
    if(did) {
      didDocuments.set(did, resolve(did, trust));
    }
  }
}

// Controlled Identifiers 1.0 section 3.3: each key stands under the purpose of its own controller, one of them the
// issuer, or the holder of a presentation.
export function methodAuthorised({signer, proofs, didDocuments, purpose, unsupported, trust}) {
  for(const proof of proofs) {
    if(trust.compromised.has(proof.methodId)) {
      throw new FormatError('method.compromised', `${proof.methodId} is marked compromised.`);
    }
    proof.method = verificationMethod(didDocuments.get(proof.controller), proof.methodId, purpose);
  }
  if(signer && proofs.every(proof => proof.controller !== signer)) {
    if(unsupported.length) {
      throw new FormatError('method.unchecked', "The issuer's own proof may be one that is not checked here.");
    }
    throw new FormatError('method.controller', 'No proof was made with a key of the issuer.');
  }
}

// Each key was in use when it signed, by the windows of the trust file or else by its DID document.
export function keyState(examination) {
  examination.proofs.forEach(proof => checkKeyState(examination, proof));
}

function checkKeyState({trust, at}, {controller, methodId, created, method}) {
  const issuer = trust.issuers[controller];
  if(!issuer || !(issuer.keys.length || issuer.disputed)) {
    checkMethodDates(method, at);
    return;
  }
  if(issuer.disputed) {
    throw new FormatError(
      'key.unlisted', `What is at hand about the keys of ${issuer.id} differs, and none is newer.`);
  }
  const window = issuer.keys.find(key => key.id === methodId && key.compromised === null);
  if(!window) {
    throw new FormatError('key.unlisted', `The trust file does not list ${methodId}.`);
  }
  const {activeFrom, activeUntil} = window;
  if(created === null && activeUntil !== null) {
    throw new FormatError('key.undated', `${methodId} is retired and the proof has no created.`);
  }
  if(created !== null && activeFrom !== null && created < activeFrom) {
    throw new FormatError('key.early', `${methodId} was not in use before ${formatFull(activeFrom)}.`);
  }
  if(created !== null && activeUntil !== null && created > activeUntil) {
    throw new FormatError('key.late', `${methodId} was not in use after ${formatFull(activeUntil)}.`);
  }
}

// Controlled Identifiers 1.0 section 2.2: `revoked` and `expires` count from their instant on.
function checkMethodDates({id, revoked, expires}, at) {
  if(revoked !== null && revoked <= at) {
    throw new FormatError('key.revoked', `${id} was revoked at ${formatFull(revoked)}.`);
  }
  if(expires !== null && expires <= at) {
    throw new FormatError('key.expired', `${id} expired at ${formatFull(expires)}.`);
  }
}

// VC DI EdDSA 1.0 sections 3.2.2 and 3.3.2, RFC 7515 section 5.2: every proof holds over the document as shown.
export async function signature(examination) {
  const {proofs, signer, work: {steps}} = examination;
  for(const proof of proofs) {
    steps.take(STEPS_A_SIGNATURE);
    if(!await verifies(proof.method.publicKey, proof.signature, await signedBytes(examination, proof))) {
      throw new FormatError(
        'signature.mismatch', `The proof by ${cut(proof.methodId, 200)} does not fit the content.`);
    }
    steps.signed();
  }
  const own = proofs.filter(proof => proof.controller === signer);
  const [first] = own.length ? own : proofs;
  const onlyStatements = (own.length ? own : proofs).some(({suite}) => ![dataIntegrity.JCS, JOSE].includes(suite));
  // The credentials inside a presentation are verified, and shown, each by itself.
  examination.shown = without(onlyStatements ? examination.statements : first.document, 'verifiableCredential');
  examination.authentic = true;
}

async function signedBytes({contexts, work, walked}, {document, options, previous, signingInput}) {
  if(signingInput) {
    return signingInput;
  }
  const covered = previous.length ? objectOf(document, {proof: [...previous]}) : document;
  try {
    return await dataIntegrity.hashInput(covered, options, {contexts, work, walked});
  } catch(error) {
    throw error instanceof FormatError ? ofCheck('signature', 'signature.mismatch', error) : error;
  }
}

// The error under a code that belongs to `check`, so that a row never carries another row's code.
function ofCheck(check, otherwise, error) {
  return belongsTo(check, error.code) ? error : new FormatError(otherwise, error.detail);
}

const belongsTo = (check, code) => CODES[code]?.check === check;
