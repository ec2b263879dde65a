// Run the table of checks over one document. Nothing else decides a verdict.
import * as checks from './checks.mjs';
import * as standing from './standing.mjs';
import {CODES, Outcome} from './codes.mjs';
import {GivenUpError, Steps} from './format/steps.mjs';
import {MAX_VERIFY_SECONDS} from './limits.mjs';
import {Decoder} from './format/statuslist.mjs';
import {Examination} from './examination.mjs';
import {FormatError} from './format/errors.mjs';
import {Policy} from './policy.mjs';
import {Report} from './report.mjs';
import {Walked} from './format/proof.mjs';
import {Work} from './format/rdfc.mjs';
import {contextsFor} from './format/contexts.mjs';
import {explain} from './explain.mjs';
import {isPresentation, isStatusList} from './model.mjs';

const STEPS_A_DOCUMENT = 300;

// One row: the check is skipped unless everything it needs has passed.
const rule = (id, needs, run) => Object.freeze({id, needs, run});

// Few documents are presentations or lists; the checks of these alone are loaded for one.
const presentation = () => import('./presentation.mjs');
const listdocument = () => import('./listdocument.mjs');

const READ = rule('readable', [], checks.readable);
const SECURED = [
  rule('contexts-known', ['well-formed'], checks.contextsKnown),
  rule('terms-defined', ['contexts-known'], checks.termsDefined),
  rule('proof-shape', ['well-formed'], checks.proofShape),
  rule('issuer-resolved', ['proof-shape'], checks.issuerResolved),
  rule('method-authorised', ['issuer-resolved'], checks.methodAuthorised),
  rule('key-state', ['method-authorised'], checks.keyState),
  rule('signature', ['terms-defined', 'key-state'], checks.signature),
];
const PERIOD = rule('validity-period', ['signature'], standing.validityPeriod);
const ADDRESSED = rule('addressed', ['signature'], standing.addressed);
const GENUINE = [READ, rule('well-formed', ['readable'], checks.wellFormed), ...SECURED];
export const CREDENTIAL = [
  ...GENUINE,
  PERIOD,
  rule('status-list-authentic', ['signature'], standing.statusListAuthentic),
  rule('status-fresh', ['signature'], standing.statusFresh),
  rule('not-revoked', ['signature'], standing.notRevoked),
  rule('not-suspended', ['signature'], standing.notSuspended),
  rule('issuer-accepted', ['signature'], standing.issuerAccepted),
  ADDRESSED,
  rule('credential-schema', ['signature'], standing.credentialSchema),
];
export const PRESENTATION = [
  READ,
  rule('well-formed', ['readable'], checks.presentationWellFormed),
  ...SECURED,
  PERIOD,
  ADDRESSED,
  rule('presentation-bound', ['signature'], async each => (await presentation()).presentationBound(each)),
  rule('credentials-inside', ['well-formed'], async each => (await presentation()).credentialsInside(each)),
];

export const STATUS_LIST = [
  READ,
  rule('well-formed', ['readable'], checks.wellFormed),
  rule('certificate', ['well-formed'], async each => (await listdocument()).certificate(each)),
  ...SECURED,
  rule('list-content', ['signature'], async each => (await listdocument()).listContent(each)),
  rule('status-fresh', ['list-content'], standing.statusFresh),
  rule('issuer-accepted', ['signature'], standing.issuerAccepted),
];

// The report on a credential or presentation, for every array of bytes there is.
//
// `at`: the instant to judge by, as of `timestamp.mjs`. What takes more work than MAX_STEPS is given up, as `limit.work`;
// with a `stopwatch` (a function that gives seconds) also what takes longer than MAX_VERIFY_SECONDS, as `limit.time`. A
// bad credential is an outcome, never an exception; a browser that lacks what is needed is one.
export async function verify(data, {trust, at, policy = new Policy(), stopwatch = null}) {
  if(typeof at !== 'bigint') {
    throw new TypeError('at needs to be an instant: see format/timestamp.mjs');
  }
  try {
    const steps = Steps.bounded(stopwatch, MAX_VERIFY_SECONDS);
    return await new Verification(trust, at, policy, steps).report(data, {presentations: true});
  } catch(error) {
    if(error instanceof GivenUpError) {
      return unread(error, at);
    }
    throw error;
  }
}

// The report on what was not read to its end, for this {code, detail}.
export function unread(error, at) {
  return new Report({
    checks: [result(READ, Outcome.INDETERMINATE, error)],
    checkedAt: at,
    warnings: [],
    status: [],
    trustAsOf: null,
    credentials: [],
    genuineLists: new Map(),
    credential: null
  });
}

// One document, and everything that is verified on its behalf: all of it together within the same bounds.
class Verification {
  #decoder = new Decoder();
  #walked = new Walked();
  #examined = new Map();

  constructor(trust, at, policy, steps) {
    Object.assign(this, {trust, at, policy, steps});
  }

  // All checks. A credential inside a presentation is never a presentation itself: one level, and no further.
  async report(source, {presentations = false} = {}) {
    const examination = this.#examination(source);
    const first = await apply(READ, examination);
    const table = tableFor(examination.document, presentations);
    const results = await run(table.slice(1), examination, [first]);
    await explain([...results, ...examination.warnings]);
    return new Report({
      checks: results,
      checkedAt: this.at,
      warnings: examination.warnings,
      status: examination.entries,
      trustAsOf: this.trust.asOf,
      credentials: examination.credentials,
      genuineLists: examination.genuineLists,
      credential: examination.authentic ? await claims(examination) : null
    });
  }

  // The checks up to the signature, which never look at a status: a list cannot lead to another list.
  //
  // Each list of the trust once, however many entries name it: by identity.
  async examine(document) {
    if(!this.#examined.has(document)) {
      const examination = this.#examination(document);
      this.#examined.set(document, examination);
      await run(GENUINE, examination, []);
    }
    return this.#examined.get(document);
  }

  #examination(source) {
    const {trust, at, policy, steps} = this;
    steps.take(STEPS_A_DOCUMENT);
    return new Examination({
      source,
      trust,
      at,
      policy,
      contexts: contextsFor(trust.contexts, steps),
      examine: document => this.examine(document),
      report: contained => this.report(contained),
      bits: encoded => this.#decoder.bits(encoded, steps),
      work: new Work(steps),
      walked: this.#walked
    });
  }
}

function tableFor(document, presentations) {
  if(presentations && isPresentation(document)) {
    return PRESENTATION;
  }
  return isStatusList(document) ? STATUS_LIST : CREDENTIAL;
}

async function run(table, examination, results) {
  for(const each of table) {
    const passed = results.filter(({outcome}) => outcome === Outcome.PASSED).map(({id}) => id);
    const needed = each.needs.every(id => passed.includes(id));
    results.push(needed ? await apply(each, examination) : result(each, Outcome.SKIPPED));
  }
  return results;
}

async function apply(each, examination) {
  try {
    await each.run(examination);
  } catch(error) {
    if(error instanceof FormatError) {
      return result(each, CODES[error.code].effect, error);
    }
    if(error instanceof standing.NotApplicableError) {
      return result(each, Outcome.SKIPPED);
    }
    throw error;
  }
  return result(each, Outcome.PASSED);
}

const result = ({id}, outcome, {code = '', detail = ''} = {}) => ({id, outcome, code, detail});

async function claims(examination) {
  const {shown: document, signer: issuer, trust} = examination;
  return {document, statements: await statements(examination), issuer, issuerName: trust.issuers[issuer]?.name ?? ''};
}

// What has a meaning; nothing where the document uses what is not processed here.
async function statements({shown, termProblems, contexts}) {
  if(!termProblems.length) {
    return shown;
  }
  const {definedPart} = await import('./format/meaning.mjs'); // few documents have anything without a meaning
  try {
    return definedPart(shown, contexts);
  } catch(error) {
    if(error instanceof FormatError) {
      return Object.create(null);
    }
    throw error;
  }
}
