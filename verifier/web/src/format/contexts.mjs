// Contexts at hand, and the active contexts derived from them and from a document (JSON-LD 1.1 API section 4.1.2).
//
// Contexts are data of this package, or given by the relying party, or written out in a document; none is ever fetched.
// `pinned()` lives as long as the page and holds only what the pinned contexts give; `contextsFor()` makes the object
// for one document, whose memory and work are bounded and go with it.
import {ActiveContext, Origin, unsupported} from './definitions.mjs';
import {MAX_DERIVED_CONTEXTS, MAX_INLINE_CONTEXT_CHARACTERS, MAX_REMEMBERED_CONTEXTS} from '../limits.mjs';
import {FormatError} from './errors.mjs';
import {Interned} from './interned.mjs';
import {define} from './localcontext.mjs';
import {Steps} from './steps.mjs';
import {dumps} from './dumps.mjs';
import {cut} from './spelling.mjs';
import {isObject} from './types.mjs';

export const VCDM2 = 'https://www.w3.org/ns/credentials/v2';
export const VCDM1 = 'https://www.w3.org/2018/credentials/v1';
export const OB3 = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json';
export const EMPTY = new ActiveContext(new Map());

const has = Object.hasOwn;
const STEPS_A_CONTEXT = 300;
const JSON_CHARACTERS_A_STEP = 64; // of contexts, which are written or read as JSON

// The map under a key, made when it is not there.
function within(maps, key) {
  if(!maps.has(key)) {
    maps.set(key, new Map());
  }
  return maps.get(key);
}

// A closed set of contexts by URL, and what has been derived from them so far.
export class Contexts {
  origin = Origin.GIVEN;

  // `documents`: URL -> the JSON document that has @context on top. `base`: contexts that win over these. `steps`: counts
  // what is derived here, and what a walk under these contexts does.
  constructor(documents, base = null, steps = new Steps()) {
    this.steps = steps;
    this.documents = documents;
    this.base = base;
    this.forget();
    this.spent = 0;
  }

  has(url) {
    return has(this.documents, url) || Boolean(this.base?.has(url));
  }

  // The URLs of all contexts at hand.
  get urls() {
    return [...new Set([...this.base?.urls ?? [], ...Object.keys(this.documents)])];
  }

  // The URLs of those that the relying party gives.
  get given() {
    return this.base ? Object.keys(this.documents) : [];
  }

  // The whole context document at `url`.
  document(url) {
    return this.base?.has(url) ? this.base.document(url) : this.documents[url];
  }

  // `active` after the @context of a node of the document.
  //
  // Throws FormatError `context.unknown`, `context.invalid`, `context.protected`, or `context.inline` for what is not
  // supported or too much.
  apply(active, local) {
    for(const entry of Array.isArray(local) ? local : [local]) {
      if(Array.isArray(entry)) {
        throw new FormatError('context.invalid', 'A list of contexts holds a list.');
      }
      const text = dumps(entry);
      this.takeJson(text);
      if(isObject(entry) && text.length > MAX_INLINE_CONTEXT_CHARACTERS) {
        throw unsupported('A context that is written out is too long.');
      }
      active = this.derive({active, local: entry, text, origin: this.originOf(entry)});
    }
    return active;
  }

  // `active` inside a member whose term has a scoped context; protected terms may be replaced.
  propertyScoped(active, {scope, text, origin}) {
    return text ? this.derive({active, local: scope, text, origin, overrides: true}) : active;
  }

  // `active` inside a node of this type; nodes further in fall back to `active`.
  typeScoped(active, {scope, text, origin}) {
    return text ? this.derive({active, local: scope, text, origin, propagates: false}) : active;
  }

  // Who vouches for an entry of a document's @context; one that says nothing needs nobody.
  originOf(entry) {
    if(typeof entry === 'string') {
      return this.base?.has(entry) ? Origin.PINNED : this.origin;
    }
    return isObject(entry) && Object.keys(entry).length ? Origin.INLINE : Origin.PINNED;
  }

  // What one step gives, remembered: the context `local`, as JSON `text`, upon `active`. Steps among pinned contexts
  // alone are the business of `base`.
  derive(step) {
    const {active, local, text, origin, overrides = false, propagates = true} = step;
    const kind = `${origin} ${overrides} ${propagates}`;
    let found = this.known.get(active)?.get(text)?.get(kind);
    if(!found) {
      this.spend();
      const shared = this.base && Math.max(active.origin, origin) === Origin.PINNED;
      found = shared ? this.base.derive(step) : this.compute(step);
      this.remember(active, text, kind, found);
    }
    return found;
  }

  // By the text itself, whose hash an engine keeps: one that is put together for each question would be read each time.
  remember(active, text, kind, found) {
    within(within(this.known, active), text).set(kind, found);
    this.remembered++;
  }

  forget() {
    this.known = new Map();
    this.interned = new Interned();
    this.remembered = 0;
  }

  spend() {
    this.steps.take(STEPS_A_CONTEXT);
    this.spent++;
    if(this.spent > MAX_DERIVED_CONTEXTS) {
      throw unsupported('The document makes up more contexts than are read here.');
    }
  }

  takeJson(text) {
    this.steps.take(Math.floor(text.length / JSON_CHARACTERS_A_STEP));
  }

  compute({active, local, text, origin, overrides = false, propagates = true}) {
    this.takeJson(text);
    const start = propagates || active.previous ? active : active.with({previous: active});
    return this.interned.get(this.process(start, local, {origin, overrides}));
  }

  // Section 4.1.2, steps 5.1 to 5.13; `within`: the URLs of the contexts that led here.
  process(active, local, {origin, overrides, within = []}) {
    if(local === null) {
      return emptied(active, overrides);
    }
    if(typeof local === 'string') {
      const inner = this.content(local, within);
      return this.process(active, inner, {origin: this.originOf(local), overrides, within: [...within, local]});
    }
    if(Array.isArray(local)) {
      for(const entry of local) {
        if(Array.isArray(entry)) {
          throw new FormatError('context.invalid', 'A list of contexts holds a list.');
        }
        active = this.process(active, entry, {origin, overrides, within});
      }
      return active;
    }
    if(!isObject(local)) {
      throw new FormatError('context.invalid', 'A context is a URL or an object.');
    }
    return define(active, local, origin, {
      overrides, validate: (...scoped) => this.validate(...scoped), steps: this.steps
    });
  }

  content(url, within) {
    if(!this.has(url)) {
      throw new FormatError('context.unknown', `The context ${cut(url, 200)} is not at hand.`);
    }
    const document = this.document(url);
    if(!has(document, '@context') || within.includes(url)) {
      const detail = `What is at hand as ${cut(url, 200)} is no context, or names itself.`;
      throw new FormatError('context.invalid', detail);
    }
    return document['@context'];
  }

  // Section 4.2.2, step 21.3: a scoped context is right, used or not. Others than the document's own are.
  validate(active, {scope, text, origin}) {
    if(origin === Origin.INLINE) {
      this.spend();
      this.takeJson(text);
      this.process(active, scope, {origin, overrides: true});
    }
  }
}

// The contexts that ship with the verifier; what is derived is remembered from document to document.
class Pinned extends Contexts {
  origin = Origin.PINNED;

  // As `Contexts.apply`, but what a document writes out is not taken in here, where it would stay.
  apply(active, local) {
    if((Array.isArray(local) ? local : [local]).some(isObject)) {
      throw unsupported('A context is written out.');
    }
    return super.apply(active, local);
  }

  spend() {
    if(this.remembered >= MAX_REMEMBERED_CONTEXTS) {
      this.forget();
    }
  }
}

function emptied(active, overrides) {
  if(!overrides && [...active.terms.values()].some(term => term.protected)) {
    throw new FormatError('context.protected', 'A null context would drop protected terms.');
  }
  if(active.previous && !overrides) {
    throw unsupported('A null context stands in the context of a type.'); // processors disagree
  }
  return EMPTY;
}

let shipped = null;

// Takes in the contexts that ship with the verifier (URL -> document): the page has no files to read them from.
export function pin(documents) {
  shipped = new Pinned(documents);
}

// The contexts that ship with the verifier; they stand alone.
export function pinned() {
  if(!shipped) {
    throw new Error('pin() comes first.');
  }
  return shipped;
}

// The pinned contexts and those that the relying party gives (URL -> document), for the work on one document.
//
// A pinned context is never replaced. What is derived is bounded, counted in `steps`, and forgotten with the object.
export const contextsFor = (documents = {}, steps = new Steps()) => new Contexts(documents, pinned(), steps);
