// The names under which statements are shown: IRI -> word, by the pinned contexts and those that the reader brings.
//
// A context that merely stands in a document has no say: nobody signed it.
import {EMPTY, OB3, VCDM1, VCDM2, contextsFor, pinned} from './contexts.mjs';
import {CREDENTIALS} from './nquads.mjs';
import {FormatError} from './errors.mjs';
import {byCodePoint} from './text.mjs';
import {isAbsolute} from './definitions.mjs';
import {isObject} from './types.mjs';

const ONLY_IN_V1 = `${CREDENTIALS}issuanceDate`;
// Whose words count first, and which contexts are named for them.
const FIRST = [VCDM2, VCDM1, OB3];
// Two words for one IRI: the specification renamed the type, and lets both stand (Open Badges 3.0 section B.1.2).
const PREFERRED = new Map([['AchievementCredential', 'OpenBadgeCredential']]);

// What the contexts say of one IRI: its names as a member and as a type ('' for none), and how values are read.
class Word {
  member = '';
  type = '';
  datatypes = new Set(); // the datatypes, or keywords such as @vocab, that its definitions give to a plain value
  sets = new Set(); // whether its definitions have `@container: @set`
  contexts = [];

  // Whether its values always stand in an array: by all definitions, or by one of them when they are nodes.
  isSet(ofNodes) {
    return this.sets.has(true) && (ofNodes || !this.sets.has(false));
  }
}

const NAMELESS = new Word();

// The words of a set of contexts; a pinned word never means anything else.
export class Vocabulary {
  #contexts;
  #given = null;

  constructor(contexts) {
    this.steps = contexts.steps;
    this.#contexts = contexts;
  }

  // What is known of an IRI; a word without names when that is nothing.
  word(iri) {
    const found = pinnedWords().get(iri);
    if(found) {
      return found;
    }
    this.#given ??= givenWords(this.#contexts);
    return this.#given.get(iri) ?? NAMELESS;
  }

  // The contexts under which what is shown is written, for all the IRIs that it names.
  contexts(named) {
    const chosen = [named.has(ONLY_IN_V1) ? VCDM1 : VCDM2];
    for(const iri of [...named].sort(byCodePoint)) {
      const {contexts} = this.word(iri);
      if(contexts.length && !contexts.some(url => chosen.includes(url))) {
        chosen.push(contexts[0]);
      }
    }
    return chosen;
  }
}

const known = new WeakMap();

function pinnedWords() {
  if(!known.has(pinned())) {
    const words = new Map();
    for(const url of new Set([...FIRST, ...pinned().urls])) {
      for(const [name, term] of terms(pinned(), EMPTY, url)) {
        note(words, name, term, url);
      }
    }
    known.set(pinned(), words);
  }
  return known.get(pinned());
}

// Words of the contexts that the reader brings, but for those that are pinned words of something else.
function givenWords(contexts) {
  const reserved = new Set([...pinnedWords().values()].flatMap(({member, type}) => [member, type]));
  const words = new Map();
  for(const url of contexts.given) {
    try {
      const own = contextsFor(Object.fromEntries(contexts.given.map(each => [each, contexts.document(each)])));
      for(const [name, term] of terms(own, own.apply(EMPTY, VCDM2), url)) {
        if(!reserved.has(name)) {
          note(words, name, term, url);
        }
      }
    } catch(error) {
      if(!(error instanceof FormatError)) {
        throw error;
      } // a context that is not processed here names nothing
    }
  }
  return words;
}

function note(words, name, term, url) {
  if(!isAbsolute(term.iri)) {
    return;
  }
  if(!words.has(term.iri)) {
    words.set(term.iri, new Word());
  }
  const word = words.get(term.iri);
  if(!/^\p{Uppercase}/u.test(name)) {
    word.member ||= name;
  }
  if(!/^\p{Lowercase}/u.test(name)) {
    word.type ||= PREFERRED.get(name) ?? name;
  }
  word.datatypes.add(term.type);
  word.sets.add(term.container.includes('@set'));
  if(!word.contexts.includes(url)) {
    word.contexts.push(url);
  }
}

// Every definition of one context, scoped ones included.
function terms(contexts, active, url) {
  return inside(contexts, contexts.apply(active, url), contexts.document(url)['@context']);
}

function * inside(contexts, active, local) {
  for(const entry of Array.isArray(local) ? local : [local]) {
    for(const name of isObject(entry) ? Object.keys(entry) : []) {
      const term = active.terms.get(name);
      if(term) {
        yield [name, term];
      }
      if(term?.text) {
        yield * inside(contexts, contexts.propertyScoped(active, term), term.scope);
      }
    }
  }
}
