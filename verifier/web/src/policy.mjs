// What the relying party demands beyond the specifications.

// `maxStatusAge`: refuse status lists that are older, in seconds, even while they are valid (null: their own validUntil
// rules). `requireSchema`: a departure from the credentialSchema fails instead of warning. `acceptIssuers`: DIDs that
// are accepted in addition to those of the trust. `challenge` and `domain`: what a presentation must have been made for;
// `domain` also has to be among whom a credential names as its audience.
export class Policy {
  constructor({maxStatusAge = null, requireSchema = false, challenge = null, domain = null, acceptIssuers = []} = {}) {
    Object.assign(this, {maxStatusAge, requireSchema, challenge, domain, acceptIssuers: new Set(acceptIssuers)});
    Object.freeze(this);
  }
}
