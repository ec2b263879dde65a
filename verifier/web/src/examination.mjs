// One document under examination: what went in, and what the checks have established so far.
export const ASSERTION = 'assertionMethod';
export const AUTHENTICATION = 'authentication';

// One signature over the document, whether in a `proof` or around it in a JWS.
//
// `document` is what it covers, as it will be shown; `previous` are the proofs that it rests on (a chain).
export class Proof {
  options = Object.create(null);
  previous = [];
  signingInput = null;
  method = null;

  // {suite, methodId, created, expires, signature, document} and, where they differ from the above, the rest.
  constructor(members) {
    Object.assign(this, members);
  }

  // The DID before the fragment.
  get controller() {
    return this.methodId.split('#', 1)[0];
  }
}

// Input, collaborators, and the products of checks. A check reads only products of checks that it needs.
//
// `examine` runs the checks up to `signature` on another document, and `report` all of them, under the same trust: a
// status list, or a credential inside a presentation, is verified by the same code, one level down. `bits` gives the
// bits of an `encodedList`, as `statuslist.decode`.
export class Examination {
  document = Object.create(null);
  plain = Object.create(null); // the document without its proofs
  jws = null;
  purpose = ASSERTION;
  signer = ''; // who has to have signed: the issuer of a credential, the holder of a presentation
  proofs = [];
  unsupported = [];
  termProblems = [];
  didDocuments = new Map();
  // The tree that the document's quads give back; null where every byte is signed, and the document itself is.
  statements = null;
  shown = Object.create(null);
  authentic = false;
  lists = []; // {purpose, value, validFrom, validUntil, issuer, problem}; `problem`: why one cannot be relied on, a code
  entries = []; // {purpose, listUrl, index, isSet, asOf}
  genuineLists = new Map();
  credentials = [];
  warnings = [];

  // `source` is bytes, or a document that was read already.
  constructor({source, trust, at, policy, contexts, examine, report, bits, work, walked}) {
    Object.assign(this, {source, trust, at, policy, contexts, examine, report, bits, work, walked});
  }

  // Whether the relying party has said, in its trust or policy, that it accepts this issuer.
  accepts(issuer) {
    return issuer in this.trust.issuers || this.policy.acceptIssuers.has(issuer);
  }

  // Note something that does not change the verdict.
  warn(code, detail) {
    this.warnings.push({code, detail});
  }
}
