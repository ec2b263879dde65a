// The checks after the signature: is a genuine credential in force, and is its issuer accepted?
import * as jose from './format/jose.mjs';
import {CODES, Effect} from './codes.mjs';
import {JUDGED, REVOCATION, SUSPENSION, readEntry} from './statuslists.mjs';
import {asList, isObject} from './format/types.mjs';
import {cut, written} from './format/spelling.mjs';
import {formatSeconds, fromSeconds, latest} from './format/timestamp.mjs';
import {FormatError} from './format/errors.mjs';
import {MAX_STATUS_ENTRIES} from './limits.mjs';
import {SKEW} from './proofs.mjs';
import {period} from './model.mjs';

const UNITS = [['day', 86_400], ['hour', 3_600], ['minute', 60], ['second', 1]];

// The check has nothing to say about this credential.
export class NotApplicableError extends Error {}

// VCDM 2.0 section 4.9, RFC 7519 sections 4.1.4 and 4.1.5, VC Data Integrity 1.0 section 2.1: it has begun, and neither
// it nor a proof has ended.
export function validityPeriod({at, shown, jws, proofs, trust}) {
  const [start, validUntil] = period(shown);
  const validFrom = latest([start, jws ? jose.numericDate(jws.payload, 'nbf') : null]);
  if(validFrom !== null && validFrom - at > SKEW) {
    throw new FormatError('period.early', `It is valid from ${formatSeconds(validFrom)} on.`);
  }
  if(validUntil !== null && validUntil < at) {
    throw new FormatError('period.expired', `It was valid until ${formatSeconds(validUntil)}.`);
  }
  const expired = proofs.find(({expires}) => expires !== null && expires <= at);
  if(expired) {
    throw new FormatError('proof.expired', `The proof expired at ${formatSeconds(expired.expires)}.`);
  }
  if('expires' in shown) {
    throw new FormatError('period.unread', 'It has a member expires, which no version of the data model defines.');
  }
  const {seenAt} = trust;
  if(seenAt !== null && seenAt - at > SKEW) {
    throw new FormatError('clock.behind',
      `It is ${formatSeconds(at)} by the clock, and something was checked at ${formatSeconds(seenAt)}.`);
  }
}

// Bitstring Status List 1.0 section 3.2: for each entry, a genuine list for its purpose, by the same issuer or another
// who is accepted.
//
// Every entry is looked at before the answer is given: one missing list must not hide a bit that another one sets.
export async function statusListAuthentic(examination) {
  const entries = asList(examination.shown.credentialStatus);
  if(!entries.length && !('status' in examination.shown)) {
    throw new NotApplicableError();
  }
  if(entries.length > MAX_STATUS_ENTRIES) {
    throw new FormatError('status.type', `There are more than ${MAX_STATUS_ENTRIES} status entries.`);
  }
  const problems = [];
  for(const entry of entries) {
    problems.push(await readEntry(examination, entry));
  }
  if('status' in examination.shown) {
    problems.push(unread(examination.shown.status));
  }
  const found = problems.filter(Boolean);
  if(found.length) {
    throw found.find(({code}) => CODES[code].effect === Effect.FAILED) ?? found[0];
  }
}

// The member `status` of a JWT (Token Status List); nothing else that calls itself so is passed over either.
function unread(status) {
  const listed = isObject(status) && 'status_list' in status;
  return new FormatError(
    'status.type', `Its ${listed ? 'Token Status List' : 'member status'} is not checked here.`);
}

// Bitstring Status List 1.0 section 3.2, and the relying party's own bound on age.
export function statusFresh({lists, at, policy}) {
  const judged = lists.filter(({purpose}) => JUDGED.includes(purpose));
  if(!judged.length) {
    throw new NotApplicableError();
  }
  for(const found of judged) {
    found.problem = notFresh(found, at, policy);
  }
  const first = judged.find(({problem}) => problem);
  if(first) {
    throw first.problem;
  }
}

// The FormatError that says why the list cannot be relied on at this time, and which end of it that is, or null.
function notFresh(found, at, {maxListAge, maxStatusAge}) {
  const {purpose, validFrom, validUntil} = found;
  const theList = `The ${purpose} list is dated ${dated(found)}`;
  const longest = Math.min(maxListAge, maxStatusAge ?? maxListAge);
  if(validFrom !== null && validFrom - at > SKEW) {
    return new FormatError('status.early', `${theList}.`);
  }
  if(validUntil !== null && validUntil < at) {
    return new FormatError('status.stale', `${theList}; its issuer ended it at ${formatSeconds(validUntil)}.`);
  }
  if(validFrom === null) {
    return new FormatError('status.stale', `The ${purpose} list has no date, so nobody can tell how old it is.`);
  }
  if(at - validFrom > fromSeconds(longest)) {
    return new FormatError('status.stale', `${theList}; no list is relied on for longer than ${span(longest)}.`);
  }
  return null;
}

// In the largest unit of which it is a whole number: 35 days, 25 hours.
function span(length) {
  const seconds = Math.trunc(length);
  const [unit, size] = UNITS.find(([, each]) => seconds % each === 0);
  return `${seconds / size} ${unit}${seconds === size ? '' : 's'}`;
}

// A revocation is for ever, so a set bit counts whatever the age of the list.
export function notRevoked(examination) {
  bitClear(examination, REVOCATION, 'status.revoked', 'status.revoked');
}

// A suspension can be lifted, so a set bit on a list that is not fresh leaves the question open.
export function notSuspended(examination) {
  bitClear(examination, SUSPENSION, 'status.suspended', 'status.suspended-before');
}

function bitClear({lists, entries}, purpose, code, codeWhenNotFresh) {
  const found = lists.filter(each => each.purpose === purpose);
  const raised = found.filter(({value}) => value);
  if(raised.length) {
    const fresh = raised.some(({problem}) => !problem);
    throw new FormatError(fresh ? code : codeWhenNotFresh, `Its bit is set on the list of ${dated(raised[0])}.`);
  }
  if(!found.length || found.length < entries.filter(each => each.purpose === purpose).length) {
    throw new NotApplicableError();
  }
}

// VCDM 2.0 section 4.7 leaves it to the relying party whom to believe; it says so in its trust or policy.
export function issuerAccepted(examination) {
  const {signer} = examination;
  if(!examination.accepts(signer)) {
    throw new FormatError(
      'issuer.not-accepted', `${cut(signer, 200)} is not among the issuers that you accept.`);
  }
}

// RFC 7519 section 4.1.3: who is named as its audience is this verifier, when the policy says who that is.
export function addressed(examination) {
  const {jws, shown, policy} = examination;
  const claims = jws ? jws.payload : shown;
  if(!('aud' in claims)) {
    throw new NotApplicableError();
  }
  if(policy.domain === null) {
    examination.warn('audience.unasked', 'It names its audience, and this check was not told for whom it is made.');
  } else if(!namesOf(claims.aud).includes(policy.domain)) {
    throw new FormatError('audience.other', 'Its audience is not the one that was asked for.');
  }
}

// In a token an audience is a text, in a document also what has that text as its id.
const namesOf = audience => asList(audience).map(each => isObject(each) ? each.id : each);

// VCDM 2.0 section 4.11: advisory, unless the policy demands it. There is no validator here, so that nothing is known.
export function credentialSchema({shown, policy}) {
  const [entry] = asList(shown.credentialSchema).filter(isObject);
  if(entry && policy.requireSchema) {
    throw new FormatError('schema.required-missing', `${cut(written(entry.id), 200)} is not at hand.`);
  }
  throw new NotApplicableError();
}

function dated({validFrom}) {
  return validFrom === null ? 'no date' : formatSeconds(validFrom);
}
