// What a relying party remembers between checks: the newest genuine lists, and when it last looked. Pure.
//
// A memory makes three attacks visible that a single check cannot see: an older list offered after a newer one, a
// withdrawal that a newer list no longer shows, and a clock that was set back.
import * as statuslist from './format/statuslist.mjs';
import {MAX_LIST_COPIES, MAX_REMEMBERED_KEYS, MAX_REMEMBERED_LISTS} from './limits.mjs';
import {Trust, TrustError} from './trust.mjs';
import {asList, isObject, objectOf, same} from './format/types.mjs';
import {formatMilliseconds, latest} from './format/timestamp.mjs';
import {FormatError} from './format/errors.mjs';
import {SKEW} from './proofs.mjs';
import {REVOCATION} from './statuslists.mjs';
import {dumps} from './format/dumps.mjs';
import {issuerId} from './wellformed.mjs';
import {period} from './model.mjs';
import {written} from './format/spelling.mjs';

// The new content of the memory, after a check at `at` (the clock's own time, never a chosen one).
//
// `accepted`: a set of DIDs. Only lists of accepted issuers are kept: nobody else can fill the memory. Of each list that
// is the newest copy, and older ones that show a withdrawal which the newest takes back. What is written can be read
// again: where it would be too much, something is forgotten. `compromised`: the keys that the trust marks so, which an
// older trust file must not bring back.
export async function remember(remembered, report, accepted, at, compromised = []) {
  const marked = [...new Set([...remembered.compromised, ...compromised])].sort().slice(0, MAX_REMEMBERED_KEYS);
  const lists = new Map(Object.keys(remembered.statusLists).map(url => [url, remembered.listCopies(url)]));
  for(const each of [report, ...report.credentials]) {
    for(const [url, copy] of each.genuineLists) {
      if(accepted.has(issuerId(copy)) && fits(content(at, new Map([[url, [copy]]]), marked))) {
        lists.set(url, await kept([...lists.get(url) ?? [], copy]));
      }
    }
  }
  const seen = latest([remembered.seenAt, at]);
  const newest = new Map([...lists].slice(-MAX_REMEMBERED_LISTS));
  let data = content(seen, newest, marked);
  for(; !fits(data); data = content(seen, newest, marked)) {
    shorten(newest);
  }
  return data;
}

// The memory by a clock that is right now, `at`: without a time of use and without lists that it has not reached.
//
// {content, ahead, gone, kept}: its new content, the time that was ahead of the clock or null, the addresses of lists
// that lost a copy dated later than now, and how many lists are left. What it knows of withdrawals and compromised keys
// stays.
export function forget(remembered, at) {
  const copies = Object.keys(remembered.statusLists).map(url => [url, remembered.listCopies(url)]);
  const reached = copies.map(([url, each]) => [url, each.filter(copy => start(copy) - at <= SKEW)]);
  const lists = new Map(reached.filter(([, each]) => each.length));
  const seen = remembered.seenAt ?? at;
  const gone = reached.filter(([, each], place) => each.length < copies[place][1].length).map(([url]) => url);
  const data = content(seen < at ? seen : at, lists, [...remembered.compromised].sort());
  return {content: data, ahead: seen > at ? seen : null, gone, kept: lists.size};
}

// The oldest copy of a list that has several, or else the list that has been there longest.
function shorten(lists) {
  const [url, copies] = [...lists].find(([, each]) => each.length > 1) ?? [...lists][0];
  if(copies.length > 1) {
    lists.set(url, copies.slice(0, -1));
  } else {
    lists.delete(url);
  }
}

function content(seen, lists, compromised) {
  const older = [...lists].filter(([, copies]) => copies.length > 1).map(([url, [, ...rest]]) => [url, rest]);
  const value = objectOf({
    seenAt: formatMilliseconds(seen),
    statusLists: byAddress([...lists].map(([url, [first]]) => [url, first])),
    ...(older.length ? {olderLists: byAddress(older)} : {}),
    ...(compromised.length ? {compromised} : {})
  });
  return new TextEncoder().encode(`${dumps(value)}\n`);
}

const byAddress = entries => objectOf(...entries.map(([url, each]) => objectOf({[url]: each})));

function fits(data) {
  try {
    Trust.read(data);
  } catch(error) {
    if(error instanceof TrustError) {
      return false;
    }
    throw error;
  }
  return true;
}

// One copy fewer than are looked at, so that there is room for the one that is given.
async function kept(copies) {
  const dated = copies.map(copy => ({copy, from: start(copy)}));
  const later = (one, other) => one.from === other.from ? 0 : one.from < other.from ? 1 : -1;
  const [newest, ...older] = dated.sort(later).map(({copy}) => copy);
  const chosen = [newest];
  for(const each of older) {
    if(!same(each, newest) && await takesBack(newest, each)) {
      chosen.push(each);
    }
  }
  return chosen.slice(0, MAX_LIST_COPIES - 1);
}

const LONG_AGO = -(1n << 62n);

function start(copy) {
  try {
    return period(copy)[0] ?? LONG_AGO;
  } catch(error) {
    if(error instanceof FormatError) {
      return LONG_AGO; // nothing genuine: somebody has written into the memory
    }
    throw error;
  }
}

// Whether a bit that says revoked in `old` is clear in `copy`.
async function takesBack(copy, old) {
  if(!asList(subject(copy).statusPurpose).includes(REVOCATION)) {
    return false;
  }
  try {
    const [bits, before] = await Promise.all([copy, old].map(each =>
      statuslist.decode(written(subject(each).encodedList))));
    return before.some((byte, place) => byte & ~(bits[place] ?? 0)); // the first bit is entry 0 in both
  } catch(error) {
    if(error instanceof FormatError) {
      return false;
    }
    throw error;
  }
}

const subject = ({credentialSubject: found}) => isObject(found) ? found : objectOf();
