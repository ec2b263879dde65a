// Files that an issuer, a verifier or an exam platform has beside certificates: each named by what it holds.
//
// None of them is a certificate, and none is wrong: the answer stays open and says what to do with the file. Status lists
// are signed, so they are judged like credentials (`listdocument.mjs`).
import {asList, isObject} from './format/types.mjs';
import {isMemory, isTrustFile} from './trust.mjs';
import {claimsToBeOne} from './model.mjs';
import {suiteOf} from './format/proof.mjs';

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

// `sign`: by what the file is known, which is the detail of the report.
const OWN_FILES = [
  ['kind.trust-file', 'JSON with asOf or issuers, and what a trust file holds.', isTrustFile],
  ['kind.memory', 'JSON with seenAt, and what the memory of a trust folder holds.', isMemory],
  ['kind.did-document', 'JSON whose id is a DID, with its keys or services.', isDidDocument],
  ['kind.achievement', 'JSON of type Achievement.', ofType('Achievement')],
  ['kind.profile', 'JSON of type Profile.', ofType('Profile')],
  ['kind.result-record', 'JSON with resultId, candidate and outcome.', having('resultId', 'candidate', 'outcome')],
  ['kind.report', 'JSON with verdict, genuine and checks.', having('verdict', 'genuine', 'checks')],
  ['kind.schema', 'JSON with $schema, or with type object and properties.', isSchema],
  ['kind.context', 'JSON that holds a vocabulary under @context, and nothing else.', isContext],
  ['kind.key-set', 'JSON with keys, each with kty.', isKeySet]
].map(([code, sign, fits]) => ({code, sign, fits}));

// What this document is, null for a credential, a presentation, whatever is signed, and what is not known.
export function ownFile(document) {
  const signed = asList(document.proof).some(each => !isObject(each) || suiteOf(each));
  return signed || claimsToBeOne(document) ? null : OWN_FILES.find(({fits}) => fits(document)) ?? null;
}
