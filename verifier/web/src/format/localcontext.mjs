// What one local context defines: Create Term Definition and IRI Expansion (JSON-LD 1.1 API sections 4.2.2 and 5.2).
//
// Only part of JSON-LD is implemented: what the pinned contexts use, and what their like need. Anything else is refused
// as `context.inline`, so that a term can never mean something here and another thing elsewhere.
import {ALIASES, Term, inVocabulary, isAbsolute, ofTerm, unsupported} from './definitions.mjs';
import {MAX_CONTEXT_TERMS, MAX_TERM_CHAIN} from '../limits.mjs';
import {byCodePoint, partition} from './text.mjs';
import {cut, quoted} from './spelling.mjs';
import {FormatError} from './errors.mjs';
import {isObject} from './types.mjs';

const CONTEXT_MEMBERS = new Set(['@version', '@vocab', '@protected']);
const DEFINITION_MEMBERS = new Set(['@id', '@type', '@container', '@context', '@protected', '@prefix']);
const TYPE_KEYWORDS = new Set(['@id', '@vocab', '@json', '@none']);
const CONTAINERS = new Set(['@set', '@list', '@graph', '@graph@set', '@set@graph']);
const PREFIX_END = /[:/?#[\]@]$/;

const has = Object.hasOwn;
const STEPS_A_TERM = 14;
const TERMS_A_STEP = 16; // how many terms are copied in one step

// `active` with the definitions of the object `local`.
//
// `overrides`: protected terms may be replaced. `validate` is called for every term with a scoped context, as soon
// as the term stands (step 21.3). `steps` counts terms. Throws FormatError `context.invalid`, `context.protected` or
// `context.inline`.
export function define(active, local, origin, {overrides, validate, steps}) {
  const keywords = Object.keys(local).filter(name => name.startsWith('@'));
  const unknown = keywords.filter(name => !CONTEXT_MEMBERS.has(name));
  if(unknown.length) {
    throw unsupported(`The context uses ${quoted(unknown.sort(byCodePoint))}.`);
  }
  const guarded = has(local, '@protected');
  if((has(local, '@version') && local['@version'] !== 1.1) || (guarded && local['@protected'] !== true)) {
    throw unsupported('The context has an @version other than 1.1, or an @protected other than true.');
  }
  const result = active.with({vocab: vocabulary(active, local), origin: Math.max(active.origin, origin)});
  steps.take(STEPS_A_TERM * Object.keys(local).length + Math.floor(active.terms.size / TERMS_A_STEP));
  const work = new Local(result, local, {origin, overrides, guarded});
  for(const name of Object.keys(local)) {
    if(name.startsWith('@')) {
      continue;
    }
    work.define(name);
    const term = work.terms.get(name);
    if(term.text) {
      steps.take(Math.floor(work.terms.size / TERMS_A_STEP));
      validate(result.with({terms: new Map(work.terms)}), term);
    }
  }
  return result.with({terms: work.terms});
}

// Section 4.1.2, step 5.8; relative and compact values are not supported.
function vocabulary(active, local) {
  const given = has(local, '@vocab');
  const vocab = given ? local['@vocab'] : active.vocab;
  if(vocab === null && active.vocab) {
    return '';
  }
  if(typeof vocab !== 'string' || (given && !isAbsolute(vocab))) {
    throw unsupported('The context has an @vocab that is not an absolute IRI.');
  }
  const [prefix, , rest] = partition(vocab, ':');
  if(active.terms.has(vocab) || (active.terms.has(prefix) && !rest.startsWith('//'))) {
    throw unsupported('The context has an @vocab that is a compact IRI.');
  }
  return ofTerm(vocab);
}

// The work on one local context: which of its terms stand, and which are being defined.
class Local {
  constructor(active, local, {origin, overrides, guarded}) {
    Object.assign(this, {active, local, origin, overrides, guarded});
    this.terms = new Map(active.terms);
    this.done = new Map();
    this.chain = 0;
  }

  // Create Term Definition (section 4.2.2).
  define(name) {
    if(this.done.has(name)) {
      if(!this.done.get(name)) {
        throw new FormatError('context.invalid', `The definition of ${cut(name, 80)} rests on itself.`);
      }
      return;
    }
    this.done.set(name, false);
    this.chain++;
    if(this.chain > MAX_TERM_CHAIN || this.terms.size >= MAX_CONTEXT_TERMS) {
      throw unsupported('The context defines more terms than are read here.');
    }
    const previous = this.terms.get(name);
    this.terms.delete(name);
    let term = this.term(name, this.local[name]);
    if(previous?.protected && !this.overrides) {
      if(!previous.sameMeaning(term)) {
        throw new FormatError('context.protected', `A context redefines the protected term ${cut(name, 80)}.`);
      }
      term = previous;
    }
    this.terms.set(name, term);
    this.done.set(name, true);
    this.chain--;
  }

  term(name, value) {
    const simple = value === null || typeof value === 'string';
    const definition = simple ? {'@id': value} : value;
    if(!isObject(definition) || !Object.keys(definition).every(member => DEFINITION_MEMBERS.has(member))) {
      throw unsupported(`The definition of ${cut(name, 80)} uses members that are not supported.`);
    }
    if(!name || name[0] === '@' || name.includes(':') || name.includes('/')) {
      throw unsupported(`The term ${quoted(cut(name, 80))} is not supported.`);
    }
    const get = (member, otherwise) => has(definition, member) ? definition[member] : otherwise;
    const iri = this.iri(name, get('@id', name));
    const type = has(definition, '@type') ? this.type(definition['@type']) : '';
    const container = has(definition, '@container') ? containerOf(definition['@container']) : '';
    const scope = get('@context', undefined);
    const guarded = get('@protected', this.guarded);
    const prefix = get('@prefix', simple && PREFIX_END.test(iri) && value !== name);
    if(typeof guarded !== 'boolean' || typeof prefix !== 'boolean') {
      throw unsupported(`The definition of ${cut(name, 80)} is of an unusual kind.`);
    }
    const rules = type || scope !== undefined || has(definition, '@prefix') || !['', '@set'].includes(container);
    if(iri[0] === '@' && rules) {
      throw unsupported(`The alias ${cut(name, 80)} has rules of its own.`);
    }
    if(ALIASES.has(name) && iri !== ALIASES.get(name)) {
      // Readers take these two words for what they are everywhere else.
      throw unsupported(`The word ${name} is given another meaning.`);
    }
    return new Term({iri, type, container, scope, protected: guarded, prefix, origin: this.origin});
  }

  // Steps 14 to 18: the IRI of a term, an alias of a keyword, or '' for null.
  iri(name, value) {
    if(value === null) {
      return '';
    }
    if(value === '@id' || value === '@type') {
      return value;
    }
    if(value !== name) {
      return this.expand(value);
    }
    const made = inVocabulary(this.active.vocab, name);
    if(!made) {
      throw unsupported(`${cut(name, 80)} does not expand to an absolute IRI.`);
    }
    return made;
  }

  // Step 12.
  type(value) {
    if(TYPE_KEYWORDS.has(value)) {
      return value;
    }
    const type = this.expand(value);
    if(type.startsWith('@')) {
      throw unsupported(`The type ${type} is named by an alias.`);
    }
    return type;
  }

  // IRI Expansion (section 5.2) with `vocab` and a local context: a term, a compact or an absolute IRI.
  expand(value) {
    if(typeof value !== 'string' || value.startsWith('@')) {
      throw unsupported('A term maps to something that is not an IRI.');
    }
    if(has(this.local, value)) {
      this.define(value);
    }
    if(this.terms.has(value)) {
      const {iri} = this.terms.get(value);
      if(!iri) {
        throw unsupported(`${cut(value, 80)} is without meaning.`);
      }
      return iri;
    }
    const iri = this.compact(value);
    if(!isAbsolute(ofTerm(iri))) {
      throw unsupported(`${cut(iri, 80)} does not expand to an absolute IRI.`);
    }
    return iri;
  }

  // What a prefix or the vocabulary makes of a text.
  compact(value) {
    const [prefix, colon, suffix] = partition(value, ':');
    if(!colon) {
      return this.active.vocab + value;
    }
    if(suffix.startsWith('//')) {
      return value;
    }
    if(has(this.local, prefix)) {
      this.define(prefix);
    }
    const term = this.terms.get(prefix);
    return term?.prefix && term.iri ? term.iri + suffix : value;
  }
}

// Step 19: the containers that change nothing but the shape, @list and @graph.
function containerOf(value) {
  const names = Array.isArray(value) ? value : [value];
  const texts = names.filter(name => typeof name === 'string');
  const container = texts.join('');
  if(!CONTAINERS.has(container) || texts.length < names.length) {
    throw unsupported('A container is not supported.');
  }
  return container;
}
