// One case for a verifier in JavaScript, wherever it runs.

// {report, lines} for {data, trust, at, policy} of run_cases.mjs, by these parts of a verifier.
//
// It uses nothing from around it, because a browser is sent its text.
export async function answered({Level, Policy, Trust, lines, loadObject, verify}, {data, trust, at, policy}) {
  const bytes = base64 => Uint8Array.from(atob(base64), each => each.charCodeAt(0));
  const instant = text => text === null ? null : BigInt(text);
  const key = ({id, activeFrom, activeUntil, compromised}) => ({
    id, activeFrom: instant(activeFrom), activeUntil: instant(activeUntil), compromised: instant(compromised)
  });
  const read = loadObject(new TextEncoder().encode(trust), {maxBytes: Infinity, maxMembers: Infinity});
  const issuers = Object.fromEntries(Object.entries(read.issuers).map(([did, each]) =>
    [did, {...each, keys: each.keys.map(key)}]));
  const qrDictionaries = Object.fromEntries(Object.entries(read.qrDictionaries).map(([name, each]) =>
    [name, bytes(each)]));
  const given = new Trust({...read, issuers, qrDictionaries, asOf: instant(read.asOf), seenAt: instant(read.seenAt)});
  const report = await verify(bytes(data), {trust: given, at: BigInt(at), policy: new Policy(policy)});
  return {report, lines: report.genuine ? lines(report.require(Level.AUTHENTIC)) : null};
}
