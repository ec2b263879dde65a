// A report on its way from a worker to the page: what a browser can copy, and the same report again. Codecs, pure.
//
// A copy of an object would have a prototype, which objects of the verifier have not; so claims travel as JSON text.
// Lists that are to be remembered stay behind: the worker remembers them.
import {Level, Report} from '../../src/report.mjs';
import {dumps} from '../../src/format/dumps.mjs';
import {loadObject} from '../../src/format/strictjson.mjs';

const UNBOUNDED = {maxBytes: Infinity, maxMembers: Infinity}; // it was read within bounds before

export function packed(report) {
  const claims = report.genuine && held(report);
  return {
    ...report,
    credentials: report.credentials.map(packed),
    genuineLists: new Map(),
    credential: claims ? {...claims, document: dumps(claims.document), statements: dumps(claims.statements)} : null
  };
}

// Claims, or null for a report that was made without.
function held(report) {
  try {
    return report.require(Level.AUTHENTIC);
  } catch{
    return null;
  }
}

export function unpacked({credentials, credential, ...rest}) {
  const claims = credential &&
    {...credential, document: objectIn(credential.document), statements: objectIn(credential.statements)};
  return new Report({...rest, credentials: credentials.map(unpacked), credential: claims});
}

const objectIn = text => loadObject(new TextEncoder().encode(text), UNBOUNDED);
