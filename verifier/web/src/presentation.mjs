// The checks of a presentation that a credential does not have.
//
// VCDM 2.0 section 4.13, VC Data Integrity 1.0 section 2.1.
import {Level, Verdict} from './report.mjs';
import {asList, isObject} from './format/types.mjs';
import {FormatError} from './format/errors.mjs';
import {NotApplicableError} from './standing.mjs';
import {written} from './format/spelling.mjs';

const FORMS = {challenge: 'one text', domain: 'a text, or an array of texts'};

// Made for this verifier and this moment, when the policy says for which; else it might be an old one, replayed.
export function presentationBound(examination) {
  for(const name of ['challenge', 'domain']) {
    const expected = examination.policy[name];
    const given = examination.proofs.map(proof => madeFor(proof, name));
    // Every proof: else anybody could put a fresh one of his own beside an old one of the holder.
    if(expected !== null && !given.every(each => each.includes(expected))) {
      throw new FormatError(`presentation.${name}`, `Its ${name} is not the one that was asked for.`);
    }
    if(expected === null && given.some(each => each.length)) {
      examination.warn('presentation.unasked', `It was made for a ${name} that this check was not told.`);
    }
  }
}

// What a proof names: one text as challenge, one or several as domain (VC Data Integrity 1.0 section 2.1).
function madeFor({options}, name) {
  if(!(name in options)) {
    return [];
  }
  const value = options[name];
  const given = Array.isArray(value) && name === 'domain' ? value : [value];
  if(!given.every(each => typeof each === 'string')) {
    throw new FormatError(`presentation.${name}`, `Its ${name} is not ${FORMS[name]}.`);
  }
  return given;
}

// Each credential is verified in full; the presentation is worth no more than the least of them.
//
// One that shows none is worth what its holder's signature is worth, and says nothing about what is in force.
export async function credentialsInside(examination) {
  for(const each of asList(examination.document.verifiableCredential).filter(isObject)) {
    examination.credentials.push(await examination.report(each));
  }
  if(!examination.credentials.length) {
    examination.warn('credentials.none', 'The presentation holds no credential.');
    throw new NotApplicableError();
  }
  warnOfOtherSubjects(examination);
  refuseOf(examination.credentials, Verdict.INVALID, 'credentials.invalid');
  refuseOf(examination.credentials, Verdict.INDETERMINATE, 'credentials.open');
}

function refuseOf(reports, verdict, code) {
  const place = reports.findIndex(report => report.verdict === verdict);
  if(place >= 0) {
    throw new FormatError(code, `Credential ${place + 1}: ${reports[place].summary}`);
  }
}

function warnOfOtherSubjects(examination) {
  const {signer, proofs, credentials} = examination;
  const presenters = signer ? [signer] : proofs.map(proof => proof.controller);
  for(const report of credentials.filter(each => each.genuine && presenters.length)) {
    const subjects = asList(report.require(Level.AUTHENTIC).document.credentialSubject);
    const named = subjects.filter(each => isObject(each) && 'id' in each).map(({id}) => written(id));
    if(named.length && !named.some(id => presenters.includes(id))) {
      examination.warn('presentation.subject', 'A credential inside is about somebody else than the holder.');
    }
  }
}
