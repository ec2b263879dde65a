// Files that an issuer, a verifier or an exam platform has beside certificates: each named by what it holds.
//
// None of them is a certificate, and none is wrong: the answer stays open and says what to do with the file. Status lists
// are signed, so they are judged like credentials (`listdocument.mjs`). `recognise.mjs` asks this about what nobody has
// signed.
import {asList, isObject} from './format/types.mjs';
import {isMemory, isTrustFile} from './trust.mjs';
import {claimsToBeOne} from './model.mjs';

const DID_DOCUMENT = ['verificationMethod', 'assertionMethod', 'authentication', 'service'];

const ofType = name => document => asList(document.type).includes(name);
const having = (...names) => document => names.every(name => name in document);
const isText = value => typeof value === 'string';
const isKey = value => isObject(value) && isText(value.kty);
const isDidDocument = document =>
  isText(document.id) && document.id.startsWith('did:') && DID_DOCUMENT.some(name => name in document);
const isSchema = document => isText(document.$schema) || (document.type === 'object' && 'properties' in document);
const isContext = document => Object.keys(document).join() === '@context' && asList(document['@context']).some(isObject);
const isKeySet = document => isKey(document) || asList(document.keys).some(isKey);

// The first that fits.
const SHAPES = [
  ['kind.trust-file', isTrustFile],
  ['kind.memory', isMemory],
  ['kind.did-document', isDidDocument],
  ['kind.achievement', ofType('Achievement')],
  ['kind.profile', ofType('Profile')],
  ['kind.result-record', having('resultId', 'candidate', 'outcome')],
  ['kind.report', having('verdict', 'genuine', 'checks')],
  ['kind.schema', isSchema],
  ['kind.context', isContext],
  ['kind.key-set', isKeySet]
];

// The code of what this document is, null for whatever says that it is a credential, and what is not known.
export function ownFile(document) {
  return claimsToBeOne(document) ? null : SHAPES.find(([, fits]) => fits(document))?.[0] ?? null;
}
