// One document judged: its report, and what a record of the check needs to name.
import {explain, instantOf} from './verifier.mjs';
import {checked} from '#check';

// {name, digest, report, fresh, source, trustAsOf, issuers, cleaned}. `name`: of its file; `digest`: SHA-256 of the
// bytes in hex; `fresh`: whether it was judged by the newest trust there is; `cleaned`: what was cleaned up before.
//
// Rejects with the reason of `signal` when nobody asks any longer, so that no answer comes late.
export async function judged({data, name, cleaned = []}, trusted, now, signal) {
  await trusted.refresh(now.getTime());
  signal.throwIfAborted();
  const {source, trust} = trusted;
  const {report, memory} = await checked({data, at: instantOf(now), ...trusted.texts}, signal);
  await trusted.remember(memory);
  await explain([report, ...report.credentials].flatMap(({checks, warnings}) => [...checks, ...warnings]));
  const digest = await digestOf(data);
  signal.throwIfAborted();
  return {
    name,
    cleaned,
    digest,
    report,
    fresh: trusted.isFresh(now.getTime()),
    source,
    trustAsOf: trust.asOf,
    issuers: trust.issuers
  };
}

async function digestOf(data) {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', data));
  return Array.from(digest, byte => byte.toString(16).padStart(2, '0')).join('');
}
