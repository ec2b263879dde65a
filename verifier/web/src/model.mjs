// The two versions of the data model, and what differs between them (VCDM 2.0; VCDM 1.1 is read, never issued).
import {VCDM1, VCDM2} from './format/contexts.mjs';
import {earliest, latest, parse} from './format/timestamp.mjs';
import {asList, isObject} from './format/types.mjs';
import {numericDate} from './format/jose.mjs';

const STARTS = ['validFrom', 'issuanceDate'];
const ENDS = ['validUntil', 'expirationDate'];
const LISTS = ['BitstringStatusList', 'StatusList2021', 'RevocationList2020', 'RevocationList2021'].flatMap(
  kind => [kind, `${kind}Credential`]);

// The version of the data model that a document follows.
export const Model = Object.freeze({V1: '1.1', V2: '2.0'});

// The version, by the first context (VCDM 2.0 section 4.3, VCDM 1.1 section 4.1); null for any other.
export function modelOf(document) {
  const contexts = document['@context'];
  const first = Array.isArray(contexts) ? contexts[0] : null;
  return first === VCDM2 ? Model.V2 : first === VCDM1 ? Model.V1 : null;
}

// Whether the document is a presentation rather than a credential.
export function isPresentation(document) {
  return asList(document.type).includes('VerifiablePresentation');
}

// Whether the document says of itself that it is a credential or a presentation.
export function claimsToBeOne(document) {
  return asList(document.type).includes('VerifiableCredential') || isPresentation(document);
}

// Whether the document is a status list, of the kind that is read here or an older one, rather than about somebody.
//
// Types count in full, too, as JSON-LD lets them be written.
export function isStatusList(document) {
  const subjects = asList(document.credentialSubject).filter(isObject);
  const types = [document, ...subjects].flatMap(held => asList(held.type)).filter(each => typeof each === 'string');
  return types.some(each => LISTS.includes(each.split('#').at(-1))) || subjects.some(each => 'encodedList' in each);
}

// [the latest start, the earliest end] that the document names, under either version's names; null for none.
//
// `nbf` and `exp` count as well: the context of VCDM 2.0 defines them for credentials that are no token, too. Throws
// FormatError `time.invalid`, or `jwt.claims` for these.
export function period(document) {
  const times = names => names.filter(name => name in document).map(name => parse(text(document[name])));
  const [starts, ends] = [times(STARTS), times(ENDS)];
  return [latest([...starts, numericDate(document, 'nbf')]), earliest([...ends, numericDate(document, 'exp')])];
}

function text(value) {
  return typeof value === 'string' ? value : '';
}
