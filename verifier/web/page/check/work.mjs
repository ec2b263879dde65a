// The work of one check, wherever it runs: in a worker beside the page, or in the page itself. Pure, but for what it
// has read before.
import {Policy, Trust, remember, verify} from '../verifier.mjs';

const read = new WeakMap(); // by their bytes: the same ones, as most often, need not be read again

// The trust, or the memory, in these bytes; null where there is none: a captive portal's page, something damaged.
export function trustIn(data) {
  if(data && !read.has(data)) {
    read.set(data, parsed(data));
  }
  return read.get(data) ?? null;
}

function parsed(data) {
  try {
    return Trust.read(data);
  } catch{
    return null;
  }
}

// {report, memory}: what is found of `data` at the instant `at`, and what is remembered from now on.
//
// `trust`, `memory`: bytes, null for nothing at hand. `remembers`: false where nothing is kept; then `memory` is null.
export async function checked({data, at, trust, memory, remembers}) {
  const [given, seen] = [trust, memory].map(each => trustIn(each) ?? new Trust());
  const report = await verify(data, {trust: given.plus(seen), at, policy: new Policy()});
  if(!remembers) {
    return {report, memory: null};
  }
  const accepted = new Set(Object.keys(given.issuers));
  return {report, memory: await remember(seen, report, accepted, at, given.compromised)};
}
