// Whether the name of a member or type says what is signed.
//
// Under RDFC no @context is signed, only the IRIs that names stand for. Whoever changes a context can call the end of
// validity something that no check looks for, or call one thing by the name of another, and the signature stands. So a
// definition that this package does not vouch for may neither rename what a pinned context names, nor give a name that
// is not the last part of its IRI, nor bring in words of the credential standards from outside their contexts.
import {EMPTY, pinned} from './contexts.mjs';
import {Origin} from './definitions.mjs';
import {RDF} from './nquads.mjs';
import {isObject} from './types.mjs';

const STANDARD = [
  'https://www.w3.org/2018/credentials#',
  'https://www.w3.org/ns/credentials/status#',
  'https://w3id.org/security#',
];
const DELIMITER = /[/#:?=]/;

// Where a name stands.
export const Use = Object.freeze({MEMBER: 'member', TYPE: 'type', VALUE: 'value'});

// Whether `name` may stand in a document for the IRI of `term`.
export function saysWhatIsSigned(name, term, use) {
  const names = pinnedNames();
  if(term.origin === Origin.PINNED || names.has(term.iri)) {
    // Open Badges has one IRI for the class Criteria and the member criteria: the letter tells.
    if((use === Use.MEMBER && /^\p{Uppercase}/u.test(name)) || (use === Use.TYPE && /^\p{Lowercase}/u.test(name))) {
      return false;
    }
  }
  if(term.origin === Origin.PINNED) {
    return true;
  }
  if(term.iri.startsWith(RDF) || names.get(term.iri)?.has(name) === false) {
    return false;
  }
  if(term.origin === Origin.GIVEN) {
    return true;
  }
  return endsWith(term.iri, name) && !STANDARD.some(start => term.iri.startsWith(start));
}

// Whether `name` is all that stands behind the last delimiter of an IRI.
function endsWith(iri, name) {
  return iri.endsWith(name) && DELIMITER.test(iri.charAt(iri.length - name.length - 1)) && !DELIMITER.test(name);
}

// Whether `iri` has a name, in force or pinned, so that writing it out would be a second way to say it.
export function hasShortName(iri, active) {
  return pinnedNames().has(iri) || active.iris.has(iri);
}

const known = new WeakMap();

// IRI -> its names in all pinned contexts, scoped ones included.
function pinnedNames() {
  if(!known.has(pinned())) {
    const names = new Map();
    for(const url of pinned().urls) {
      collect(pinned().apply(EMPTY, url), pinned().document(url)['@context'], names);
    }
    known.set(pinned(), names);
  }
  return known.get(pinned());
}

function collect(active, local, names) {
  for(const entry of Array.isArray(local) ? local : [local]) {
    for(const name of isObject(entry) ? Object.keys(entry) : []) {
      const term = active.terms.get(name);
      if(term) {
        names.set(term.iri, (names.get(term.iri) ?? new Set()).add(name));
      }
      if(term?.text) {
        collect(pinned().propertyScoped(active, term), term.scope, names);
      }
    }
  }
}
