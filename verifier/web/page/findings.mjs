// What a report means for a reader: one kind of verdict, a tone, three results, and the facts that may be shown. Pure.
import {IN_FORCE_CHECKS, Level, State, Verdict} from '../src/report.mjs';
import {Outcome} from '../src/codes.mjs';
import {domainOf} from './hosts.mjs';
import {lines} from '../src/summary.mjs';
import {parse} from '../src/format/timestamp.mjs';

// A file that fails these is no credential that anybody could have changed.
const NOT_A_CREDENTIAL = ['readable', 'well-formed'];
const UNKNOWN_ISSUER = ['did.unknown', 'did.method', 'issuer.not-accepted'];
const STATES = new Map([
  [State.WITHDRAWN, 'withdrawn'], [State.SUSPENDED, 'suspended'], [State.EXPIRED, 'expired'],
  [State.NOT_YET_VALID, 'early'],
]);
// Each result: its name, the checks that it rests on, and the one that has to have passed.
const RESULTS = [
  ['unchanged', ['readable', 'well-formed', 'contexts-known', 'terms-defined', 'proof-shape', 'signature'],
    'signature'],
  ['issued', ['issuer-resolved', 'method-authorised', 'key-state', 'issuer-accepted'], 'issuer-accepted'],
  ['presented', ['issuer-resolved', 'method-authorised', 'key-state'], 'key-state'],
  ['inForce', IN_FORCE_CHECKS, null],
];

// The kind of verdict, by which the page has its words. `source`: where the trust came from, if anywhere.
export function kindOf({report, fresh, source}) {
  const failed = report.decisive;
  if(report.verdict === Verdict.INDETERMINATE && report.checks.some(({code}) => code === 'kind.status-list')) {
    return 'noCertificate'; // genuine or not
  }
  if(report.genuine === false) {
    return NOT_A_CREDENTIAL.includes(failed.id) ? 'unreadable' : 'notGenuine';
  }
  if(failed?.id === 'readable' && failed.code.startsWith('kind.')) {
    return 'foreign';
  }
  const unknown = report.checks.some(({code}) => UNKNOWN_ISSUER.includes(code));
  if(report.genuine === null) {
    return unknown ? source === 'none' ? 'noTrust' : 'unknownIssuer' : 'open';
  }
  const state = STATES.get(report.state);
  if(state && report.inForce === false) {
    return state;
  }
  if(report.verdict === Verdict.INVALID) {
    return 'notValid';
  }
  if(unknown) {
    return 'unknownIssuer';
  }
  if(report.verdict === Verdict.INDETERMINATE) {
    return report.inForce === null && !report.credentials.length ? 'unchecked' : 'open';
  }
  return report.showsNothing ? 'showsNothing' : fresh ? 'valid' : 'validSaved';
}

// valid, invalid, indeterminate, or saved: how it is drawn. What rests on a saved list is not drawn as valid, nor what
// shows no credential.
export function toneOf({report, fresh}) {
  if(report.showsNothing) {
    return Verdict.INDETERMINATE;
  }
  return report.verdict === Verdict.VALID && !fresh ? 'saved' : report.verdict;
}

// [name, yes | no | open] of the three results. A presentation has a holder who signed, and no issuer.
export function resultsOf(report) {
  const presented = report.checks.some(({id}) => id === 'credentials-inside');
  return RESULTS.filter(([name]) => name !== (presented ? 'issued' : 'presented')).map(([name, ids, decisive]) =>
    [name, decisive ? resultOf(report, ids, decisive) : answered(report.inForce)]);
}

function resultOf({checks}, ids, decisive) {
  const failed = checks.some(({id, outcome}) => ids.includes(id) && outcome === Outcome.FAILED);
  const passed = checks.some(({id, outcome}) => id === decisive && outcome === Outcome.PASSED);
  return failed ? 'no' : passed ? 'yes' : 'open';
}

const answered = value => value === null ? 'open' : value ? 'yes' : 'no';

// What the credential says, for one that is genuine; null for any other. Texts are safe to show.
//
// {person, title, rows, number, did, issuer, domain}: `rows` are {label, text, instant}; `issuer` is the name that the
// trust has for it, '' for one that is not accepted; `domain`, which its keys are published at, is '' for no did:web.
export function factsOf({report, issuers}) {
  if(!report.genuine) {
    return null;
  }
  const credential = report.require(Level.AUTHENTIC);
  const all = lines(credential);
  const first = label => all.find(([each]) => each === label)?.[1] ?? '';
  const title = first('Title') || first('Credential');
  const apart = ['Holder', 'Issuer', first('Title') ? 'Title' : 'Credential'];
  return {
    person: first('Holder'),
    title,
    number: first('Number'),
    did: credential.issuer,
    says: first('Issuer'),
    issuer: issuers[credential.issuer]?.name ?? '',
    accepted: credential.issuer in issuers,
    domain: domainOf(credential.issuer),
    rows: all.filter(([label]) => !apart.includes(label)).map(([label, text]) =>
      ({label, text, instant: instantIn(text)}))
  };
}

function instantIn(text) {
  try {
    return parse(text);
  } catch{
    return null;
  }
}
