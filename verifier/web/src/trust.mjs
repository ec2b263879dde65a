// What the relying party trusts and has at hand: an immutable set, read from trust files and single documents.
//
// The one reader of the trust format (docs/formats.md). It decides nothing: whether a list or a document is genuine is
// for the checks to say.
import {MAX_LIST_COPIES, MAX_TRUST_BYTES, MAX_TRUST_MEMBERS} from './limits.mjs';
import {
  TrustError, agreed, dictionaries, documents, givenUp, instant, issuers, items, orEmpty, sameIssuer
} from './trustvalues.mjs';
import {asList, isObject, objectOf, same} from './format/types.mjs';
import {earliest, latest, parse} from './format/timestamp.mjs';
import {FormatError} from './format/errors.mjs';
import {canonicalize} from './format/jcs.mjs';
import {loadObject, withoutMark} from './format/strictjson.mjs';
import {newest} from './newest.mjs';

export {TrustError} from './trustvalues.mjs';

const MEMBERS = ['asOf', 'issuers', 'didDocuments', 'statusLists', 'schemas', 'contexts', 'qrDictionaries'];
const SEEN_MEMBERS = ['seenAt', 'statusLists', 'olderLists', 'compromised'];
// What goes by the date of its file, when two are equal, and what two different ones of one date come to.
const neither = {same, agree: () => null};
const sameBytes = (one, other) => one.length === other.length && one.every((byte, place) => byte === other[place]);
const BY_DATE = {
  issuers: {same: sameIssuer, agree: agreed},
  didDocuments: neither,
  schemas: neither,
  contexts: neither,
  qrDictionaries: {same: sameBytes, agree: () => null}
};
const BY_ADDRESS = ['issuers', 'didDocuments', 'statusLists', 'schemas', 'contexts', 'qrDictionaries', 'olderLists'];

// Accepted issuers, and DID documents, status lists, schemas, contexts and QR dictionaries at hand, by their address.
//
// `asOf`: when they were put together. `issuers`: by DID, each {id, name, keys, disputed}; a key is {id, activeFrom,
// activeUntil, compromised}, where null is open; `disputed` says that what is at hand contradicts itself about the keys.
// `olderLists`: further copies of lists. `seenAt`: when a memory was last written. `compromised`: a set of verification
// methods that any file marks so. `dates`: by kind and name, of when the file was that each thing came in; a name that
// stands there and is not at hand is one about which equally new files contradict each other.
export class Trust {
  constructor({asOf = null, seenAt = null, compromised = [], dates = objectOf(), ...byAddress} = {}) {
    Object.assign(this, {asOf, seenAt, compromised: new Set(compromised), dates});
    BY_ADDRESS.forEach(name => {
      this[name] = Object.freeze(objectOf(byAddress[name]));
    });
    Object.freeze(this);
  }

  // A trust file, a memory, a DID document or a status list credential, recognised by its content.
  //
  // Throws TrustError `trust.json`, `trust.format` or `trust.unknown`.
  static read(data) {
    const value = objectIn(data);
    if(isTrustFile(value)) {
      return fromTrustFile(value);
    }
    if(isMemory(value)) {
      return fromMemory(value);
    }
    if(Array.isArray(value.type) && value.type.includes('BitstringStatusListCredential')) {
      return new Trust({statusLists: objectOf({[listUrl(value)]: value})});
    }
    if(typeof value.id === 'string' && value.id.startsWith('did:')) {
      return new Trust({didDocuments: objectOf({[value.id]: value})});
    }
    throw new TrustError('trust.unknown', 'This is no trust file, DID document or status list.');
  }

  // Both together, in either order. Of two issuers, documents and so on of one name the newer one counts, by the `asOf`
  // of their files; of lists both are kept; a key that either of them marks compromised stays so.
  plus(other) {
    const [statusLists, olderLists] = [objectOf(), objectOf()];
    for(const url of new Set([...Object.keys(this.statusLists), ...Object.keys(other.statusLists)])) {
      const [first, ...older] = newestFirst([...this.listCopies(url), ...other.listCopies(url)]);
      statusLists[url] = first;
      Object.assign(olderLists, older.length ? objectOf({[url]: older}) : null);
    }
    const found = Object.entries(BY_DATE).map(([kind, how]) => [kind, newest(shelf(this, kind), shelf(other, kind), how)]);
    return new Trust({
      asOf: earliest([this.asOf, other.asOf]),
      statusLists,
      olderLists,
      seenAt: latest([this.seenAt, other.seenAt]),
      compromised: [...this.compromised, ...other.compromised],
      dates: noted(found),
      ...Object.fromEntries(found.map(([kind, each]) => [kind, atHand(each)]))
    });
  }

  // Whether equally new files hold different DID documents of this name, so that none of them counts.
  disputes(did) {
    return !(did in this.didDocuments) && did in (this.dates.didDocuments ?? objectOf());
  }

  // Every copy of a status list at hand, the one that claims to be newest first; none of them is proven.
  listCopies(url) {
    const copies = url in this.statusLists ? [this.statusLists[url], ...asList(this.olderLists[url])] : [];
    return copies.slice(0, MAX_LIST_COPIES);
  }

  // This trust, with one more accepted issuer.
  accepting(did) {
    return new Trust({...this, issuers: objectOf({[did]: {id: did, name: '', keys: [], disputed: false}}, this.issuers)});
  }
}

function objectIn(data) {
  try {
    return loadObject(withoutMark(data), {maxBytes: MAX_TRUST_BYTES, maxMembers: MAX_TRUST_MEMBERS});
  } catch(error) {
    throw error instanceof FormatError ? new TrustError('trust.json', error.detail) : error;
  }
}

// Whether this is a trust file, good or bad.
export const isTrustFile = value => holdsOnly(value, MEMBERS) && ('asOf' in value || 'issuers' in value);

// Whether this is the memory of a trust folder, good or bad.
export const isMemory = value => 'seenAt' in value && holdsOnly(value, SEEN_MEMBERS);

const holdsOnly = (value, names) => Object.keys(value).every(name => names.includes(name));

function fromTrustFile(value) {
  const asOf = instant(value.asOf, 'asOf');
  const accepted = issuers(value.issuers);
  const held = {
    issuers: accepted,
    didDocuments: documents(value, 'didDocuments'),
    statusLists: documents(value, 'statusLists'),
    schemas: documents(value, 'schemas'),
    contexts: documents(value, 'contexts'),
    qrDictionaries: dictionaries(orEmpty(value.qrDictionaries))
  };
  const shelves = Object.keys(BY_DATE).map(kind => [kind, dated(held[kind], () => asOf)]);
  return new Trust({...held, asOf, compromised: Object.values(accepted).flatMap(givenUp), dates: noted(shelves)});
}

function fromMemory(value) {
  const older = orEmpty(value.olderLists);
  if(!isObject(older)) {
    throw new TrustError('trust.format', 'olderLists is not an object of arrays by address.');
  }
  const copies = Object.keys(older).map(url => [url, items(older[url], 'olderLists').filter(isObject)]);
  return new Trust({
    compromised: items(value.compromised, 'compromised').filter(each => typeof each === 'string'),
    seenAt: instant(value.seenAt, 'seenAt'),
    statusLists: documents(value, 'statusLists'),
    olderLists: objectOf(...copies.map(([url, each]) => objectOf({[url]: each})))
  });
}

const dated = (held, dateOf) =>
  objectOf(...Object.keys(held).map(name => objectOf({[name]: {date: dateOf(name), thing: held[name]}})));

// What a trust holds of one kind, with the dates, and what is disputed.
function shelf(trust, kind) {
  const dates = trust.dates[kind] ?? objectOf();
  const disputed = Object.keys(dates).filter(name => !(name in trust[kind]));
  return objectOf(dated(trust[kind], name => dates[name] ?? null),
    ...disputed.map(name => objectOf({[name]: {date: dates[name], thing: null}})));
}

// The date of whatever has one, and the names of what is disputed, by kind.
function noted(shelves) {
  const dates = shelves.map(([kind, each]) => [kind, Object.keys(each).filter(
    name => each[name].date !== null || each[name].thing === null).map(name => objectOf({[name]: each[name].date}))]);
  return objectOf(...dates.filter(([, names]) => names.length).map(([kind, names]) =>
    ({[kind]: objectOf(...names)})));
}

const atHand = each => objectOf(...Object.keys(each).filter(name => each[name].thing !== null).map(
  name => objectOf({[name]: each[name].thing})));

function listUrl({id}) {
  if(typeof id !== 'string') {
    throw new TrustError('trust.format', 'The status list has no id, so it is not known which list it is.');
  }
  return id;
}

// Distinct copies of one list: an old one must not hide a withdrawal that a newer one shows, nor a forged one hide a
// genuine one.
function newestFirst(copies) {
  const distinct = copies.filter((copy, place) => !copies.slice(0, place).some(each => same(each, copy)));
  const all = distinct.map(copy => ({copy, from: validFrom(copy)}));
  return all.sort(laterFirst).slice(0, MAX_LIST_COPIES).map(({copy}) => copy);
}

// By date; of one date by their bytes, so that it does not matter which of them came first.
function laterFirst(one, other) {
  return one.from === other.from ? compared(canonicalize(other.copy), canonicalize(one.copy))
    : one.from < other.from ? 1 : -1;
}

function compared(one, other) {
  const place = one.findIndex((byte, each) => byte !== other[each]);
  return place < 0 ? one.length - other.length : one[place] - (other[place] ?? -1);
}

function validFrom(document) {
  try {
    return typeof document.validFrom === 'string' ? parse(document.validFrom) : 0n;
  } catch{
    return 0n;
  }
}
