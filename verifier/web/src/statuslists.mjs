// What the status lists at hand say about a credential's entries (Bitstring Status List 1.0 sections 2 and 3.2).
import * as statuslist from './format/statuslist.mjs';
import {asList, isObject} from './format/types.mjs';
import {cut, written} from './format/spelling.mjs';
import {FormatError} from './format/errors.mjs';
import {MAX_STATUS_SIZE} from './limits.mjs';
import {SKEW} from './proofs.mjs';
import {earliest} from './format/timestamp.mjs';
import {issuerId} from './wellformed.mjs';
import {period} from './model.mjs';

export const REVOCATION = 'revocation';
export const SUSPENSION = 'suspension';
export const REFRESH = 'refresh';
export const MESSAGE = 'message';
// Purposes that decide a verdict; the others only tell something.
export const JUDGED = [REVOCATION, SUSPENSION];
// Codes of a copy that is not to be believed at all, and so takes the word from no other copy.
const ANOTHER_LIST = ['status.not-genuine', 'status.issuer'];
const PURPOSES = [...JUDGED, REFRESH, MESSAGE];

// Note what the list says about one entry of the credential, or answer with the FormatError that says why it says
// nothing; null when all is well.
export async function readEntry(examination, entry) {
  if(!isObject(entry) || !asList(entry.type).includes('BitstringStatusListEntry')) {
    return new FormatError('status.type', `${kindOf(entry)} is not checked here.`);
  }
  const {statusPurpose: purpose, statusListCredential: url} = entry;
  if(!PURPOSES.includes(purpose) || typeof url !== 'string') {
    return new FormatError('status.type', 'A status entry has a purpose that is not checked here.');
  }
  const malformed = saysWhatItMeans(entry) ? null : withoutMeaning();
  try {
    const value = await noteEntry(examination, entry, purpose, url);
    if(!malformed) {
      tell(examination, purpose, entry, value);
    }
  } catch(error) {
    if(!(error instanceof FormatError)) {
      throw error;
    }
    examination.entries.push({purpose, listUrl: url, index: -1, isSet: null, asOf: null});
    if(malformed || JUDGED.includes(purpose)) {
      return malformed ?? error;
    }
    examination.warn(
      'status.note-missing', `What its ${purpose} list says could not be told: ${error.detail}`);
  }
  return malformed;
}

function withoutMeaning() {
  return new FormatError('status.message-form', 'A status entry has no statusMessage for each value of its size.');
}

async function noteEntry(examination, entry, purpose, url) {
  const size = sizeOf(entry);
  const index = statuslist.parseIndex(entry.statusListIndex);
  const found = await readList(examination, {purpose, url, position: index * size, size});
  examination.lists.push(found);
  examination.entries.push({purpose, listUrl: url, index, isSet: found.value !== 0, asOf: found.validFrom});
  return found.value;
}

function kindOf(entry) {
  const [type] = isObject(entry) ? asList(entry.type) : [];
  return type === undefined ? 'A status without a type' : `A status of the type ${cut(written(type), 60)}`;
}

// Section 2.1: one message for each value; an entry of one bit can do without, and means "set" and "unset".
function saysWhatItMeans(entry) {
  const messages = asList(entry.statusMessage);
  const {statusSize: size = 1} = entry;
  if(!isSize(size) || (!messages.length && size === 1)) {
    return true; // another size is another fault
  }
  return messages.length === 1 << size && messages.every(each =>
    isObject(each) && typeof each.status === 'string' && typeof each.message === 'string');
}

const isSize = size => Number.isSafeInteger(size) && size >= 1 && size <= MAX_STATUS_SIZE;

function sizeOf({statusSize: size = 1}) {
  if(!isSize(size)) {
    throw new FormatError('status.type', `statusSize is not a number from 1 to ${MAX_STATUS_SIZE}.`);
  }
  return size;
}

// The purposes that never invalidate: a newer version exists, or a message stands for the value.
function tell(examination, purpose, entry, value) {
  if(purpose === REFRESH && value) {
    examination.warn('status.refresh', 'The issuer offers a newer version of this credential.');
  }
  if(purpose === MESSAGE) {
    const status = `0x${value.toString(16)}`;
    const texts = asList(entry.statusMessage).filter(isObject);
    const meant = texts.findLast(each => written(each.status).toLowerCase() === status);
    examination.warn('status.message', `The issuer says: ${meant ? written(meant.message) : `status ${status}`}`);
  }
}

// The newest genuine copy decides; an older one can only add a revocation, which no newer list takes back.
async function readList(examination, wanted) {
  const {purpose, url} = wanted;
  const copies = examination.trust.listCopies(url);
  if(!copies.length) {
    throw new FormatError('status.missing', `The list ${cut(url, 200)} is not at hand.`);
  }
  const {readings, problem} = await readCopies(examination, copies, wanted);
  if(!readings.length) {
    throw problem;
  }
  if(purpose !== REVOCATION) {
    return deciding(examination, readings);
  }
  const [newest] = readings;
  if(!newest.value && readings.some(each => each.value)) {
    newest.value = 1;
    examination.warn('status.unrevoked', 'A newer list no longer shows a withdrawal that an older one shows.');
  }
  return newest;
}

// The newest copy; yet no list of another issuer takes back what the issuer's own newest one says.
function deciding({signer}, readings) {
  const own = readings.find(({issuer}) => issuer === signer);
  return own?.value ? own : readings[0];
}

async function readCopies(examination, copies, wanted) {
  const readings = [];
  let problem = null;
  for(const copy of copies) {
    try {
      readings.push(await readCopy(examination, copy, wanted));
    } catch(error) {
      if(!(error instanceof FormatError) || (!readings.length && !ANOTHER_LIST.includes(error.code))) {
        throw error; // the issuer's newest word is unreadable: an older copy must not speak in its place
      }
      problem ??= error;
    }
  }
  return {readings, problem};
}

async function readCopy(examination, copy, {purpose, url, position, size}) {
  const examined = await examination.examine(copy);
  if(!examined.authentic) {
    throw new FormatError('status.not-genuine', `The list ${cut(url, 200)} did not pass its own checks.`);
  }
  const document = examined.shown;
  const subject = checkedSubject(examination, document, {purpose, url});
  const bits = await examination.bits(written(subject.encodedList));
  const value = statuslist.value(bits, position, size);
  const [validFrom, validUntil] = period(document);
  if((validFrom === null || validFrom - examination.at <= SKEW) && !examination.genuineLists.has(url)) {
    examination.genuineLists.set(url, copy); // one from the future is not worth remembering
  }
  return {purpose, value, validFrom, validUntil: endOf(validUntil, examined), issuer: issuerId(document), problem: null};
}

// The earliest end that a list names: its own, or that of its signature.
export function endOf(validUntil, {proofs}) {
  return earliest([validUntil, ...proofs.map(proof => proof.expires)]);
}

function checkedSubject(examination, document, {purpose, url}) {
  const issuer = issuerId(document);
  if(issuer !== examination.signer && !examination.accepts(issuer)) {
    throw new FormatError('status.issuer', `The list ${cut(url, 200)} is issued by ${cut(issuer, 120)}.`);
  }
  const {id = url, credentialSubject: subject} = document;
  if(id !== url || !isObject(subject) || !isList(document, subject)) {
    throw new FormatError('status.not-genuine', `What is at hand for ${cut(url, 200)} is not that status list.`);
  }
  if(!asList(subject.statusPurpose).includes(purpose)) {
    throw new FormatError('status.purpose', `The list ${cut(url, 200)} is not for ${purpose}.`);
  }
  return subject;
}

// Whether a credential and its subject are of the types of a status list.
export function isList(document, subject) {
  return asList(document.type).includes('BitstringStatusListCredential') &&
    asList(subject.type).includes('BitstringStatusList');
}
