// The shape that VCDM 2.0 section 4 asks of credentials and presentations, before anything is believed of them.
//
// VCDM 1.1 differs in its context and in the names of its dates; both are read (`model`).
import {MAX_CONTAINED_PROOFS, MAX_CREDENTIALS} from './limits.mjs';
import {Model, modelOf, period} from './model.mjs';
import {asList, isObject} from './format/types.mjs';
import {FormatError} from './format/errors.mjs';
import {NO_SPACE} from './format/space.mjs';
import {digests} from './related.mjs';
import {isAbsolute} from './format/definitions.mjs';

const LANGUAGE_MEMBERS = ['@value', '@language', '@direction'];
const TYPED = ['termsOfUse', 'evidence', 'refreshService'];
const CREDENTIAL_MEMBERS = [
  'awardedDate', 'credentialSchema', 'credentialStatus', 'credentialSubject', 'evidence', 'expirationDate',
  'issuanceDate', 'issuer', 'validFrom', 'validUntil',
];
const URL_LIKE = new RegExp(`^${NO_SPACE}+$`, 'u');

// Throws FormatError with a `vc.…` code for the first rule that a credential breaks.
export function check(document) {
  [context, id, type, issuer, subject, times, issuanceDate, status, schema, typedObjects, language, related]
    .forEach(rule => rule(document));
}

// The same for a presentation (section 4.13).
export function checkPresentation(document) {
  [context, id, presentationType, holder, contained, times, typedObjects].forEach(rule => rule(document));
}

// The issuer's URL, whether it stands alone or in an object (section 4.7); '' when there is none.
export function issuerId(document) {
  return identifier(document.issuer);
}

// The URL of a presentation's holder; '' when it names none.
export function holderId(document) {
  return identifier(document.holder);
}

function identifier(party) {
  const found = isObject(party) ? party.id : party;
  return typeof found === 'string' ? found : '';
}

// Section 4.3: an ordered set, the base context first, then URLs or objects.
function context(document) {
  const contexts = document['@context'];
  if(!Array.isArray(contexts) || modelOf(document) === null) {
    throw new FormatError(
      'vc.context', '@context is not an array that starts with the context of VCDM 2.0 or 1.1.');
  }
  if(!contexts.every(entry => isObject(entry) || isUrl(entry))) {
    throw new FormatError('vc.context', '@context holds an entry that is neither a URL nor an object.');
  }
}

function id(document) {
  if('id' in document && !isUrl(document.id)) {
    throw new FormatError('vc.id', 'id is not one URL.');
  }
}

function type(document) {
  const texts = typeof document.type === 'string' ? [document.type] : document.type;
  if(!Array.isArray(texts) || !texts.every(isText)) {
    throw new FormatError('vc.type', 'type is missing, or not a text or an array of texts.');
  }
  if(!texts.includes('VerifiableCredential')) {
    throw new FormatError('vc.type', 'type does not hold VerifiableCredential.');
  }
}

function presentationType(document) {
  if(!isTyped(document)) {
    throw new FormatError('vc.type', 'type is not a text or an array of texts.');
  }
  if(asList(document.type).includes('VerifiableCredential')) {
    throw new FormatError('vc.type', 'It calls itself a presentation and a credential at once.');
  }
}

function holder(document) {
  if('holder' in document && !isUrl(holderId(document))) {
    throw new FormatError('vc.holder', 'holder is neither a URL nor an object whose id is a URL.');
  }
}

function contained(document) {
  const own = CREDENTIAL_MEMBERS.find(name => name in document);
  if(own) {
    // Signed by the holder alone, it would stand beside what issuers say.
    throw new FormatError('vc.contained', `The presentation itself has ${own}, which belongs to a credential.`);
  }
  const credentials = asList(document.verifiableCredential);
  if(!credentials.every(isFilled)) {
    throw new FormatError('vc.contained', 'verifiableCredential holds something that is not an object.');
  }
  if(credentials.length > MAX_CREDENTIALS) {
    throw new FormatError('vc.contained', `There are more than ${MAX_CREDENTIALS} credentials in the presentation.`);
  }
  if(credentials.flatMap(each => asList(each.proof)).length > MAX_CONTAINED_PROOFS) {
    throw new FormatError('vc.contained', `There are more than ${MAX_CONTAINED_PROOFS} proofs in the presentation.`);
  }
}

function issuer(document) {
  if(!isUrl(issuerId(document))) {
    throw new FormatError('vc.issuer', 'issuer is neither a URL nor an object whose id is a URL.');
  }
}

function subject(document) {
  const subjects = asList(document.credentialSubject);
  if(!subjects.length || !subjects.every(isFilled)) {
    throw new FormatError('vc.subject', 'credentialSubject is missing or empty.');
  }
  if(subjects.some(each => 'id' in each && !isUrl(each.id))) {
    throw new FormatError('vc.subject', 'The id of a credentialSubject is not one URL.');
  }
}

// Section 4.9: xsd:dateTimeStamp, in order.
function times(document) {
  const [start, end] = readPeriod(document);
  if(start !== null && end !== null && end < start) {
    throw new FormatError('vc.period', 'The credential ends before it begins.');
  }
}

function issuanceDate(document) {
  if(modelOf(document) === Model.V1 && !('issuanceDate' in document)) {
    throw new FormatError('vc.period', 'VCDM 1.1 requires issuanceDate.');
  }
}

function readPeriod(document) {
  try {
    return period(document);
  } catch(error) {
    throw error instanceof FormatError ? new FormatError('vc.period', `A date of validity: ${error.detail}`) : error;
  }
}

function status(document) {
  eachEntry(document, 'credentialStatus', 'vc.status', entry => {
    if(!isTyped(entry)) {
      throw new FormatError('vc.status', 'An entry of credentialStatus has no type.');
    }
    if('id' in entry && !isUrl(entry.id)) {
      throw new FormatError('vc.status', 'The id of a credentialStatus entry is not one URL.');
    }
  });
}

function schema(document) {
  eachEntry(document, 'credentialSchema', 'vc.schema', entry => {
    if(!isTyped(entry) || !isUrl(entry.id)) {
      throw new FormatError('vc.schema', 'An entry of credentialSchema needs a type and a URL as id.');
    }
  });
}

function typedObjects(document) {
  TYPED.forEach(name => eachEntry(document, name, 'vc.typed-object', entry => {
    if(!isTyped(entry)) {
      throw new FormatError('vc.typed-object', `An entry of ${name} has no type.`);
    }
  }));
}

// Section 11.1: a language object holds @value, @language and @direction, nothing beside them.
function language(document) {
  for(const holder of [document, document.issuer].filter(isObject)) {
    for(const name of ['name', 'description']) {
      if(asList(holder[name]).filter(isObject).some(value => !isLanguageObject(value))) {
        throw new FormatError('vc.language', `${name} is an object with members beside @value.`);
      }
    }
  }
}

function isLanguageObject(value) {
  return '@value' in value && Object.keys(value).every(name => LANGUAGE_MEMBERS.includes(name));
}

// Section 5.3: each resource once, with a digest.
function related(document) {
  const seen = new Set();
  eachEntry(document, 'relatedResource', 'vc.related-resource', entry => {
    if(!isUrl(entry.id) || seen.has(entry.id)) {
      throw new FormatError('vc.related-resource', 'A relatedResource has no URL as id, or one that stands twice.');
    }
    digests(entry);
    seen.add(entry.id);
  });
}

// Each is looked at before the next one is known to be an object, so that the first fault is the one that is named.
function eachEntry(document, name, code, look) {
  if(document[name] === null) {
    throw new FormatError(code, `${name} is null.`);
  }
  for(const entry of asList(document[name])) {
    if(!isObject(entry)) {
      throw new FormatError(code, `An entry of ${name} is not an object.`);
    }
    look(entry);
  }
}

function isTyped(entry) {
  const types = asList(entry.type);
  return types.length > 0 && types.every(isText);
}

const isText = value => typeof value === 'string';
const isFilled = value => isObject(value) && Object.keys(value).length > 0;
const isUrl = value => isText(value) && isAbsolute(value) && URL_LIKE.test(value);
