// A status list as the document itself: named as what it is, and judged by what it holds. It is about nobody.
import {asList, isObject} from './format/types.mjs';
import {cut, written} from './format/spelling.mjs';
import {endOf, isList} from './statuslists.mjs';
import {FormatError} from './format/errors.mjs';
import {NotApplicableError} from './standing.mjs';
import {period} from './model.mjs';

// A list that is damaged leaves a credential open, which may be all right; as the document it is simply wrong.
const AS_DOCUMENT = {'status.encoding': 'list.encoding', 'status.size': 'list.size'};

// A status list is no certificate, so nothing about it can be "in force".
export function certificate({document, signer}) {
  const purposes = subjectsOf(document).flatMap(subject => asList(subject.statusPurpose)).slice(0, 4);
  const named = purposes.filter(each => typeof each === 'string').map(each => cut(each, 40)).join(', ');
  throw new FormatError(
    'kind.status-list', `A status list (${named || 'no purpose'}) in the name of ${cut(signer, 200)}.`);
}

// Bitstring Status List 1.0 section 2.2: it says what it is for, and its bits can be read and are enough.
export async function listContent(examination) {
  const {shown} = examination;
  const subjects = subjectsOf(shown);
  if(!isReadHere(shown, subjects)) {
    throw new NotApplicableError();
  }
  if(subjects.length !== 1 || !isList(shown, subjects[0])) {
    throw new FormatError('list.form', 'It is not one BitstringStatusList in a BitstringStatusListCredential.');
  }
  const purposes = asList(subjects[0].statusPurpose).filter(each => typeof each === 'string');
  if(!purposes.length) {
    throw new FormatError('list.form', 'It does not say what it is for (statusPurpose).');
  }
  try {
    await examination.bits(written(subjects[0].encodedList));
  } catch(error) {
    throw error instanceof FormatError ? new FormatError(AS_DOCUMENT[error.code], error.detail) : error;
  }
  const [validFrom, until] = period(shown);
  const validUntil = endOf(until, examination);
  examination.lists = purposes.map(purpose => ({purpose, value: 0, validFrom, validUntil, issuer: examination.signer, problem: null}));
}

// Whether it calls itself a list of the kind that is read here, at one of the two places where it has to.
function isReadHere(document, subjects) {
  return subjects.some(each => asList(each.type).includes('BitstringStatusList')) ||
    asList(document.type).includes('BitstringStatusListCredential');
}

const subjectsOf = document => asList(document.credentialSubject).filter(isObject);
