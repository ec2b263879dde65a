// What the relying party demands beyond the specifications.
import {MAX_LIST_AGE_DAYS} from './limits.mjs';

const LONGEST = MAX_LIST_AGE_DAYS * 86_400;

// Ages are in seconds. `maxListAge`: how long after its `validFrom` a status list is relied on, unless its issuer ends it
// earlier. `maxStatusAge`: refuse lists that are older than this, too (null: no further wish). `requireSchema`: a
// departure from the credentialSchema fails instead of warning. `acceptIssuers`: DIDs that are accepted in addition to
// those of the trust. `challenge` and `domain`: what a presentation must have been made for; `domain` also has to be
// among whom a credential names as its audience.
export class Policy {
  constructor({
    maxStatusAge = null, requireSchema = false, challenge = null, domain = null, acceptIssuers = [], maxListAge = LONGEST
  } = {}) {
    Object.assign(this, {
      maxStatusAge, requireSchema, challenge, domain, maxListAge, acceptIssuers: new Set(acceptIssuers)
    });
    Object.freeze(this);
  }
}
