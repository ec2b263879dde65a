// What a verification says: checks, verdict, state, and one plain sentence.
import {earliest, formatSeconds} from './format/timestamp.mjs';
import {Outcome} from './codes.mjs';
import {sentenceOf} from './explain.mjs';

// The answer to: may the reader rely on it?
export const Verdict = Object.freeze({VALID: 'valid', INVALID: 'invalid', INDETERMINATE: 'indeterminate'});

// The state of the credential itself, as far as it could be told.
export const State = Object.freeze({
  VALID: 'valid',
  NOT_YET_VALID: 'not-yet-valid',
  EXPIRED: 'expired',
  SUSPENDED: 'suspended',
  WITHDRAWN: 'withdrawn',
  UNKNOWN: 'unknown'
});

// How much a caller demands before it sees the claims.
export const Level = Object.freeze({VALID: 'valid', AUTHENTIC: 'authentic'});

// The claims were asked for, and the report does not carry them. `report` says why.
export class NotVerifiedError extends Error {
  constructor(report) {
    super(report.summary);
    this.report = report;
  }
}

// Checks up to and with `signature` decide whether the document is genuine; these decide whether it is in force.
export const IN_FORCE_CHECKS = [
  'certificate', 'validity-period', 'status-list-authentic', 'status-fresh', 'not-revoked', 'not-suspended',
];
// Of a presentation, the credentials inside say what is in force, within its own dates; they stand or fall alone.
const CONTAINED = 'credentials-inside';
const AFTER_SIGNATURE = [
  ...IN_FORCE_CHECKS, 'list-content', 'issuer-accepted', 'addressed', 'credential-schema', 'presentation-bound', CONTAINED,
];
// Which code settles the state, most final first.
const STATE_CODES = [
  ['status.revoked', State.WITHDRAWN],
  ['status.suspended', State.SUSPENDED],
  ['period.expired', State.EXPIRED],
  ['period.early', State.NOT_YET_VALID],
];
// A file that fails these says nothing about who made it, so "not genuine" would say too much.
const NOT_A_CREDENTIAL = ['readable', 'well-formed'];
const LEADS = new Map([[false, 'Not genuine. '], [null, 'Could not be checked. ']]);

// The result of `verify`.
//
// `checks` are {id, outcome, code, detail}, where `code` is '' unless failed or indeterminate; `warnings` {code, detail};
// `status` {purpose, listUrl, index, isSet, asOf}; `credentials`, for a presentation, a report on each credential inside;
// `genuineLists` the status lists that were found genuine, by address: what a memory may keep.
export class Report {
  #credential;

  constructor({checks, checkedAt, warnings, status, trustAsOf, credentials, genuineLists, credential}) {
    Object.assign(this, {checks, checkedAt, warnings, status, trustAsOf, credentials, genuineLists});
    this.#credential = credential;
    Object.freeze(this);
  }

  // The conjunction of the checks: failed beats indeterminate, and only all passed is valid.
  get verdict() {
    return conjunction(this.checks);
  }

  // Whether the document is what its issuer signed; null when that could not be told.
  get genuine() {
    return truth(this.checks.filter(({id}) => !AFTER_SIGNATURE.includes(id)));
  }

  // Whether it holds at `checkedAt`; null when that could not be told, as for what is not genuine.
  get inForce() {
    if(!this.genuine) {
      return null;
    }
    const own = truth(this.checks.filter(({id}) => IN_FORCE_CHECKS.includes(id)));
    if(this.checks.every(({id}) => id !== CONTAINED)) {
      return own;
    }
    return this.credentials.length ? allOf([own, ...this.credentials.map(report => report.inForce)]) : null;
  }

  // The state word.
  get state() {
    const settled = STATE_CODES.find(([code]) => this.checks.some(check => check.code === code));
    const inside = this.credentials.map(report => report.state).find(state => state !== State.VALID);
    // A presentation that is not genuine takes nothing from a credential inside, which stands for itself.
    const inForce = this.credentials.length ? this.inForce !== false : this.inForce;
    return settled?.[1] ?? inside ?? (inForce ? State.VALID : State.UNKNOWN);
  }

  // One plain sentence: what it means and what to do; `explain` comes first, as it has in every report of `verify`.
  get summary() {
    const {decisive} = this;
    if(this.showsNothing) {
      return 'Signed by its holder. It shows no credential.';
    }
    if(!decisive) {
      return this.verdict === Verdict.VALID ? 'Genuine and in force.' : 'Nothing was checked.';
    }
    const lead = NOT_A_CREDENTIAL.includes(decisive.id) ? '' : LEADS.get(this.genuine) ?? '';
    return lead + sentenceOf(decisive.code);
  }

  // Whether this is a good presentation without a credential: valid, and yet nothing is in force.
  get showsNothing() {
    return this.verdict === Verdict.VALID && this.inForce === null;
  }

  // The check that decides the verdict: the first failed one, else the first indeterminate one; null for none.
  get decisive() {
    const first = outcome => this.checks.find(check => check.outcome === outcome);
    return first(Outcome.FAILED) ?? first(Outcome.INDETERMINATE) ?? null;
  }

  // The oldest list that the answer rests on.
  get statusAsOf() {
    return earliest(this.status.map(({asOf}) => asOf));
  }

  // The claims, or NotVerifiedError: the only way to them. They are {document, statements, issuer, issuerName}: the
  // credential exactly as signed and without its proofs, and the same without what no context defines.
  //
  // `Level.AUTHENTIC` asks for less: whatever its issuer signed, also expired, withdrawn, or of an issuer that the
  // relying party does not accept.
  require(level = Level.VALID) {
    const enough = level === Level.VALID ? this.verdict === Verdict.VALID : this.genuine === true;
    if(!enough || !this.#credential) {
      throw new NotVerifiedError(this);
    }
    return this.#credential;
  }

  // The object that `certify-verify --json` prints.
  toJSON() {
    return {
      verdict: this.verdict,
      genuine: this.genuine,
      inForce: this.inForce,
      state: this.state,
      summary: this.summary,
      checkedAt: formatSeconds(this.checkedAt),
      trustAsOf: time(this.trustAsOf),
      checks: this.checks.map(({id, outcome, code, detail}) => ({id, outcome, code: code || null, detail})),
      warnings: this.warnings,
      status: this.#statusJson(),
      ...(this.genuine && this.#credential ? {credential: this.#credential.document} : {}),
      ...(this.credentials.length ? {credentials: this.credentials.map(report => report.toJSON())} : {})
    };
  }

  #statusJson() {
    const asOf = this.statusAsOf;
    return {
      asOf: time(asOf),
      ageSeconds: asOf === null ? null : Number((this.checkedAt - asOf) / 1_000_000n),
      entries: this.status.map(({purpose, listUrl, index, isSet, asOf: dated}) =>
        ({purpose, list: listUrl, index, set: isSet, asOf: time(dated)}))
    };
  }
}

function conjunction(checks) {
  const outcomes = new Set(checks.map(({outcome}) => outcome));
  if(outcomes.has(Outcome.FAILED)) {
    return Verdict.INVALID;
  }
  const open = outcomes.has(Outcome.INDETERMINATE) || !outcomes.has(Outcome.PASSED);
  return open ? Verdict.INDETERMINATE : Verdict.VALID;
}

function truth(checks) {
  const verdict = conjunction(checks);
  return verdict === Verdict.INDETERMINATE ? null : verdict === Verdict.VALID;
}

function allOf(answers) {
  return answers.includes(false) ? false : answers.includes(null) ? null : true;
}

function time(instant) {
  return instant === null ? null : formatSeconds(instant);
}
