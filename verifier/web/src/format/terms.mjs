// A JSON-LD document turned into RDF quads under the contexts at hand, refusing whatever it does not know.
//
// This one walk decides two things at once: which terms are defined, and what is signed. A member either becomes a quad
// or is refused, so nothing can be shown that the signature does not cover (JSON-LD 1.1 API sections 5.1 and 7.1,
// VCDM 2.0 section 5.13). Features that neither the pinned contexts nor their like need are `terms.unsupported`.
import {CONTAINED_CREDENTIAL, Keys, RDF, iri} from './nquads.mjs';
import {EMPTY, contextsFor} from './contexts.mjs';
import {Parts, refuseDivided} from './parts.mjs';
import {WholeDouble, isObject, without} from './types.mjs';
import {byCodePoint, lengthOf} from './text.mjs';
import {fromJson, fromScalar, fromValueObject, withoutDirection} from './literals.mjs';
import {identifier, isAlias, meansItself, termOf, vocabulary} from './iris.mjs';
import {ALIASES} from './definitions.mjs';
import {CHARACTERS_A_STEP} from './steps.mjs';
import {cut} from './spelling.mjs';
import {FormatError} from './errors.mjs';
import {MAX_STATEMENT_BYTES} from '../limits.mjs';
import {Use} from './naming.mjs';

const TYPE = iri(`${RDF}type`);
const FIRST = iri(`${RDF}first`);
const REST = iri(`${RDF}rest`);
// Bytes of a character, where one of its term is beyond ASCII.
const WIDEST = 4;
const BEYOND_ASCII = /[^\0-\x7f]/;
const NIL = iri(`${RDF}nil`);
const NODE = 'node';
const STEPS_A_NODE = 50;
const STEPS_A_VALUE = 7;

// The dataset of `document`, its quads distinct, with blank nodes `_:b0`, `_:b1`, … in order of appearance.
//
// The quad of the document's first type comes first. `contexts`: made for this document by `contextsFor`; the pinned
// ones when left out. `allSigned`: every byte is signed, so that the tree may say more than its statements. Throws
// FormatError: `terms.undefined` (a member or type that no context defines), `terms.unsupported` (a feature outside what
// is implemented here), `terms.iri`, `terms.null`, `terms.empty`, `terms.split`, and the codes of `Contexts.apply`.
export function toQuads(document, contexts = contextsFor(), {allSigned = false} = {}) {
  const walk = new Walk(contexts, {allSigned});
  walk.node(document, EMPTY, '', '$');
  if(!allSigned) {
    walk.parts.refuseMoved(walk.root);
  }
  const quads = walk.quads;
  contexts.steps.take(2 * quads.length);
  const plain = new Set(quads.map(([subject, predicate, value, graph]) =>
    walk.keys.of([subject, predicate, withoutDirection(value), graph])));
  if(!quads.length || plain.size < quads.length) {
    // Processors take two texts for one that differ in their direction alone, and drop the second.
    throw unsupported('The document says nothing, or the same in two directions.');
  }
  return quads;
}

// One walk over a document, which notes the quads it says.
export class Walk {
  parts = new Parts();
  depth = 0;

  constructor(contexts, {allSigned = false} = {}) {
    this.contexts = contexts;
    this.allSigned = allSigned;
    this.quads = [];
    this.forms = new Map();
    this.keys = new Keys();
    this.room = 0;
    this.blanks = 0;
    this.root = '';
  }

  // Emit a quad; a second time only when it is written in the same form, the one case that all take as one.
  //
  // Processors compare values before they turn them into literals: of 5 and "5" under one type they make two equal
  // lines, which no dataset can hold. `form`: how the object is written, '' for what never equals another.
  say(quad, form, path) {
    this.count(quad);
    const key = this.keys.of(quad);
    if(!this.forms.has(key)) {
      this.quads.push(quad);
    } else if(!form || this.forms.get(key) !== form) {
      throw unsupported(`${path} says one thing twice, in forms that differ.`);
    }
    this.forms.set(key, form);
  }

  // Names and datatypes are written out again for every value: short ones in the document may be long here.
  count(quad) {
    const characters = quad.reduce((sum, term) => sum + lengthOf(term), 0);
    this.room += quad.reduce((sum, term) => sum + (BEYOND_ASCII.test(term) ? WIDEST * lengthOf(term) : term.length), 0);
    if(this.room > MAX_STATEMENT_BYTES) {
      throw new FormatError('rdf.too-complex', 'Written out, the document says more than is read here.');
    }
    this.contexts.steps.take(STEPS_A_VALUE + Math.floor(characters / CHARACTERS_A_STEP));
  }

  // Emit the quads of a node object under `active`; the node's own term is the answer.
  node(node, active, graph, path) {
    this.contexts.steps.take(STEPS_A_NODE);
    const typed = '@context' in node ? this.contexts.apply(active, node['@context']) : active;
    const members = without(node, '@context');
    if(!Object.keys(members).length) {
      throw unsupported(`${path} is an empty object.`);
    }
    const types = typesOf(members, typed, path);
    if(isEmpty(members.type)) {
      this.empty(`${path}.type`);
    }
    let inner = typed;
    for(const name of [...new Set(types)].sort(byCodePoint)) {
      inner = typed.terms.has(name) ? this.contexts.typeScoped(inner, typed.terms.get(name)) : inner;
    }
    const subject = this.subject(members, inner, path);
    if(path === '$') {
      this.root = subject;
    } else if(subject === this.root && Object.keys(members).length > 1) {
      // The same quads as at the top: a status or an end date could be moved to where nobody looks for it.
      throw unsupported(`${path} speaks about the document itself.`);
    }
    types.forEach(name => this.type(subject, name, typed, graph, path));
    if(!graph) {
      this.parts.note(subject, members, this.depth === 1);
    }
    this.depth++;
    for(const [name, value] of Object.entries(members)) {
      this.member(subject, name, value, inner, graph, `${path}.${cut(name, 80)}`);
    }
    this.depth--;
    return subject;
  }

  empty(path) {
    if(!this.allSigned) {
      throw new FormatError('terms.empty', `${path} is an empty array, which no signature covers; leave it out.`);
    }
  }

  subject(members, active, path) {
    return isAlias('id', members, active) ? identifier(members.id, active, `${path}.id`) : this.blank();
  }

  blank() {
    return `_:b${this.blanks++}`;
  }

  type(subject, name, typed, graph, path) {
    this.say([subject, TYPE, iri(vocabulary(name, typed, Use.TYPE, `${path}.type`)), graph], NODE, path);
  }

  member(subject, name, value, active, graph, path) {
    if(ALIASES.has(name) && meansItself(name, active)) {
      return;
    }
    const term = termOf(name, active, path);
    const predicate = iri(term.iri);
    if(term.type === '@json') {
      if(!['', '@set'].includes(term.container)) {
        throw unsupported(`${path} is a container of JSON.`);
      }
      const kind = Array.isArray(value) || isObject(value) ? '' : kindOf(value);
      this.say([subject, predicate, fromJson(value), graph], kind, path);
      return;
    }
    const again = term.text ? this.contexts.propertyScoped(active, term).terms.get(name) : undefined;
    if(again && !again.sameMeaning(term)) {
      // Processors disagree on which of the two a value is read under.
      throw unsupported(`${path} has a context that redefines its own term.`);
    }
    if(isEmpty(value) && term.container !== '@list' && term.iri !== CONTAINED_CREDENTIAL) {
      this.empty(path);
    }
    const values = Array.isArray(value) ? places(path, value) : [[path, value]];
    if(term.container === '@list') {
      const objects = values.map(([place, each]) => this.object(each, name, term, active, graph, place));
      this.say([subject, predicate, this.list(objects, graph, path), graph], NODE, path);
      return;
    }
    const nodes = new Map();
    for(const [place, each] of values) {
      const [found, written] = [this.object(each, name, term, active, graph, place), form(each, term)];
      if(written === NODE) {
        refuseDivided(nodes, found, each, path);
      }
      this.say([subject, predicate, found, graph], written, path);
    }
  }

  // The term of one value of a property; nested nodes emit their own quads.
  object(value, name, term, active, graph, path) {
    if(value === null) {
      throw new FormatError('terms.null', `${path} is null, which no signature covers; leave the member out.`);
    }
    if(Array.isArray(value)) {
      throw unsupported(`${path} holds an array inside an array.`);
    }
    const isNode = isObject(value) && !('@value' in value);
    if(term.container.includes('@graph') && !isNode) {
      throw unsupported(`${path} must be an object.`);
    }
    if(isObject(value)) {
      return isNode ? this.nested(value, term, active, graph, path) : fromValueObject(value, term.type, path);
    }
    const scoped = this.contexts.propertyScoped(active, term);
    if(scoped !== active && !scoped.terms.has(name)) {
      throw unsupported(`${path} is a plain value under a context that drops its term.`);
    }
    if(typeof value === 'string' && term.type === '@id') {
      return identifier(value, scoped, path);
    }
    if(typeof value === 'string' && term.type === '@vocab') {
      return iri(vocabulary(value, scoped, Use.VALUE, path));
    }
    return fromScalar(value, term.type, path);
  }

  // A node inside a node: what a type brought in ends here, unless it is a mere reference (5.1.2, step 7).
  nested(node, term, active, graph, path) {
    const isReference = Object.keys(node).length === 1 && isAlias('id', node, active);
    const outer = active.previous && !isReference ? active.previous : active;
    const inner = this.contexts.propertyScoped(outer, term);
    if(!term.container.includes('@graph')) {
      return this.node(node, inner, graph, path);
    }
    const [blank, before] = [this.blank(), this.quads.length];
    this.node(node, inner, blank, path);
    if(this.quads.length === before) {
      throw unsupported(`${path} says nothing, and would be dropped.`);
    }
    return blank;
  }

  list(objects, graph, path) {
    return objects.reduceRight((rest, each) => {
      const cell = this.blank();
      this.say([cell, FIRST, each, graph], NODE, path);
      this.say([cell, REST, rest, graph], NODE, path);
      return cell;
    }, NIL);
  }
}

function unsupported(detail) {
  return new FormatError('terms.unsupported', detail);
}

// The kind of a plain value.
function kindOf(value) {
  const isNumber = typeof value === 'number' || value instanceof WholeDouble;
  return !isNumber ? typeof value : Number.isSafeInteger(value) ? 'integer' : 'double';
}

const isEmpty = value => Array.isArray(value) && !value.length;

// How a value is written: two that differ in it are not the same value, even where their quads are.
function form(value, term) {
  if(isObject(value)) {
    return '@value' in value ? 'string' : NODE;
  }
  if(typeof value === 'string' && ['@id', '@vocab'].includes(term.type)) {
    return NODE;
  }
  return ['', '@'].includes(term.type.slice(0, 1)) ? kindOf(value) : `${kindOf(value)} ${term.type}`;
}

function typesOf(members, active, path) {
  const types = isAlias('type', members, active) ? [members.type].flat() : [];
  if(!types.every(each => typeof each === 'string')) {
    throw unsupported(`${path} has a type that is not a text.`);
  }
  return types;
}

// Each element of an array with its own path.
export function places(path, values) {
  return values.map((each, number) => [`${path}[${number}]`, each]);
}
