// What the names and identifiers in a document stand for, in the context that is in force where they stand.
import {ALIASES, Origin, Term, inVocabulary, isAbsolute} from './definitions.mjs';
import {Use, hasShortName, saysWhatIsSigned} from './naming.mjs';
import {cut, quoted} from './spelling.mjs';
import {FormatError} from './errors.mjs';
import {iri} from './nquads.mjs';
import {partition} from './text.mjs';

// Whether `id` or `type` stands in a node and means what it says; under other names they would be hidden.
export function isAlias(name, members, active) {
  return Object.hasOwn(members, name) && meansItself(name, active);
}

export function meansItself(name, active) {
  return active.terms.get(name)?.iri === ALIASES.get(name);
}

// The term of the vocabulary that is in force, if that makes an IRI of the name.
function ofVocabulary(name, {vocab}) {
  const made = name.includes(':') ? '' : inVocabulary(vocab, name);
  return made ? new Term({iri: made, origin: Origin.INLINE}) : undefined;
}

export function termOf(name, active, path) {
  if(name.startsWith('@')) {
    throw unsupported(`${path} uses a JSON-LD keyword that is not supported here.`);
  }
  const term = active.terms.get(name) ?? ofVocabulary(name, active);
  if(!term?.iri) {
    throw new FormatError('terms.undefined', `No context defines ${path}; it would be shown, yet not signed.`);
  }
  if(term.iri.startsWith('@') || !saysWhatIsSigned(name, term, Use.MEMBER)) {
    throw unsupported(`${path} stands for ${cut(term.iri, 200)}, which has another name.`);
  }
  return term;
}

// An identifier of the document: absolute, and meaning the same under every context.
export function identifier(value, active, path) {
  if(typeof value !== 'string' || !isAbsolute(value)) {
    throw new FormatError('terms.iri', `${path} is not an absolute URL.`);
  }
  const [prefix, , rest] = partition(value, ':');
  if(active.terms.has(prefix) && !rest.startsWith('//')) {
    throw new FormatError('terms.iri', `${path} is a compact IRI; write it in full.`);
  }
  return iri(value);
}

// A type or an @vocab value: a term, or an absolute IRI.
export function vocabulary(name, active, use, path) {
  if(!active.terms.has(name) && isAbsolute(name) && !active.terms.has(partition(name, ':')[0])) {
    if(hasShortName(name, active)) {
      // The same quad as the term's: a signature could not tell which of the two was written.
      throw unsupported(`${path} writes out ${cut(name, 120)}, which has a short name.`);
    }
    return name;
  }
  const term = active.terms.get(name) ?? ofVocabulary(name, active);
  if(!term?.iri || term.iri.startsWith('@')) {
    throw new FormatError('terms.undefined', `No context defines ${quoted(cut(name, 80))} at ${path}.`);
  }
  if(!saysWhatIsSigned(name, term, use)) {
    throw unsupported(`${path} calls ${cut(term.iri, 200)} by another name.`);
  }
  return term.iri;
}

function unsupported(detail) {
  return new FormatError('terms.unsupported', detail);
}
