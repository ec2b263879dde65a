// Term definitions and the active contexts that hold them (JSON-LD 1.1 API section 4.1).
import {FormatError} from './errors.mjs';
import {dumps} from './dumps.mjs';

import {MAX_TERM_IRI_CHARACTERS} from '../limits.mjs';
import {lengthOf} from './text.mjs';

// The keywords that documents name, and the one word for each (VCDM 2.0 section 4.3).
export const ALIASES = new Map([['id', '@id'], ['type', '@type']]);
const ABSOLUTE = /^[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>"{}|^`\\\ud800-\udfff]*$/u;
const WITHIN = /^[^\x00-\x20<>"{}|^`\\\ud800-\udfff]*$/u;

// Who vouches for a definition: this package, the relying party, or nobody but the document itself.
export const Origin = Object.freeze({PINNED: 0, GIVEN: 1, INLINE: 2});

// One term definition. `iri` is '' for a term that is explicitly without meaning; `scope` is its scoped context, and
// `text` that in JSON, '' when it has none; `prefix` says whether compact IRIs may start with it.
export class Term {
  constructor({
    iri, type = '', container = '', scope, protected: guarded = false, prefix = false, origin = Origin.PINNED
  }) {
    const text = scope === undefined ? '' : dumps(scope);
    Object.assign(this, {iri, type, container, scope, text, protected: guarded, prefix, origin});
  }

  // Equal but for @protected (section 4.2.2, step 27) and for the origin.
  sameMeaning(other) {
    return this === other ||
      (['iri', 'type', 'container', 'prefix'].every(part => this[part] === other[part]) && sameScope(this, other));
  }
}

// Whether two scoped contexts are equal as JSON, in whatever order their members stand.
function sameScope(one, other) {
  if(one.text === other.text || !one.text || !other.text) {
    return one.text === other.text;
  }
  return dumps(one.scope, {sorted: true}) === dumps(other.scope, {sorted: true});
}

// The terms in force at one place of a document (name -> Term), and the context that nested nodes fall back to.
// Compared by identity: `Contexts` keeps one object for equal contents, so that what is derived can be remembered.
export class ActiveContext {
  #iris = null;

  constructor(terms, {vocab = '', previous = null, origin = Origin.PINNED} = {}) {
    Object.assign(this, {terms, vocab, previous, origin});
  }

  // What the terms stand for: asked of every type, and read off the terms once.
  get iris() {
    this.#iris ??= new Set(Array.from(this.terms.values(), ({iri}) => iri));
    return this.#iris;
  }

  // The same with some parts replaced.
  with(parts) {
    const {terms, ...rest} = {...this, ...parts};
    return new ActiveContext(terms, rest);
  }
}

// Whether `iri` has a scheme and holds no character that N-Quads forbids in an IRI.
export const isAbsolute = iri => ABSOLUTE.test(iri);

// The absolute IRI that a vocabulary makes of a name, '' where it makes none: `vocab` is one itself, or ''.
//
// Throws FormatError `context.inline` for one that is too long to be written again for every value.
export function inVocabulary(vocab, name) {
  return vocab && WITHIN.test(name) ? ofTerm(vocab + name) : '';
}

// The IRI as the definition of a term may have it; throws FormatError `context.inline`.
export function ofTerm(iri) {
  if(lengthOf(iri) > MAX_TERM_IRI_CHARACTERS) {
    throw unsupported(`A term stands for an IRI of more than ${MAX_TERM_IRI_CHARACTERS} characters.`);
  }
  return iri;
}

// The error for a context that is beyond what is implemented here.
export const unsupported = detail => new FormatError('context.inline', detail);
