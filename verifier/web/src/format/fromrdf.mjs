// A document again from the quads that its signature covers (JSON-LD 1.1 API section 8.4, Serialize RDF as JSON-LD).
//
// Under eddsa-rdfc-2022 an issuer signs statements and no tree: who holds the file may order, repeat, divide and move
// what it says, and the signature stands. So what is shown is not the tree of the file but the one tree that its
// statements give back. It is a function of the dataset alone: equal statements are shown alike, whatever the file
// looks like.
import {CONTAINED_CREDENTIAL, CREDENTIALS, RDF, isBlank, literalOf} from './nquads.mjs';
import {MAX_JSON_DEPTH, MAX_JSON_MEMBERS, MAX_REPEATED_CHARACTERS} from '../limits.mjs';
import {isObject, objectOf} from './types.mjs';
import {CHARACTERS_A_STEP} from './steps.mjs';
import {FormatError} from './errors.mjs';
import {byCodePoint, lengthOf} from './text.mjs';
import {canonicalText} from './jcs.mjs';
import {toJson} from './literals.mjs';

const TYPE = `${RDF}type`;
const FIRST = `${RDF}first`;
const REST = `${RDF}rest`;
const NIL = `<${RDF}nil>`;
const CREDENTIAL = `<${CREDENTIALS}VerifiableCredential>`;
const STEPS_A_VALUE = 6;
const FIRST_TYPES = ['VerifiableCredential', 'VerifiablePresentation'];
// Members and types whose arrays Open Badges 3.0 and VCDM 2.0 ask for, or forbid, without a @container in a context.
const ARRAYS = new Set(['credentialSchema', 'evidence', 'termsOfUse']);
const REFERENCES = new Set(['issuer', 'holder', 'statusListCredential', 'statusReference']);
const SINGLE_TYPES = new Set([
  'IdentityObject', 'IdentifierEntry', 'Image', 'GeoCoordinates', 'JsonSchema', '1EdTechJsonSchemaValidator2019',
  'BitstringStatusListEntry', 'BitstringStatusList', 'DataIntegrityProof', 'Ed25519Signature2020',
]);

// The tree that `quads` give back from the node `root` (an IRI or blank node, as written in N-Quads) on.
//
// A node is described in full wherever it is named; inside its own description a reference stands. Sets are ordered by
// the text of their elements, and what `vocabulary` has no name for stands under its IRI. Credentials inside a
// presentation are left out: each is verified, and shown, by itself.
//
// Throws FormatError `rdf.too-complex` when that would take more than MAX_JSON_MEMBERS values, nest deeper than
// MAX_JSON_DEPTH or repeat more than MAX_REPEATED_CHARACTERS, `terms.unsupported` when the quads do not say which node
// is the root.
export function toDocument(quads, root, vocabulary) {
  const tree = new Tree(vocabulary, quads);
  tree.refuseOtherRoots(root);
  const document = tree.node(root, '', []);
  return objectOf({'@context': vocabulary.contexts(tree.named)}, document);
}

// The dataset, indexed by graph and subject, and what was named of it so far.
class Tree {
  graphs = new Map(); // graph -> subject -> predicate (an IRI) -> objects, as they are written in N-Quads
  named = new Set();
  described = new Set(); // the statements of the nodes that were described so far
  texts = new Map(); // the texts by which sets were ordered
  written = 0;
  repeated = 0;

  constructor(vocabulary, quads) {
    this.vocabulary = vocabulary;
    this.steps = vocabulary.steps;
    for(const [subject, predicate, value, graph] of quads) {
      const statements = within(within(this.graphs, graph), subject);
      const name = predicate.slice(1, -1);
      statements.get(name)?.push(value) ?? statements.set(name, [value]);
    }
  }

  // Two credentials of which each leads to the other: either could be held up as the one that was signed.
  refuseOtherRoots(root) {
    const nodes = this.graphs.get('');
    const isCredential = statements => statements.get(TYPE)?.includes(CREDENTIAL);
    const others = [...nodes].some(([subject, statements]) => subject !== root && isCredential(statements));
    if(others && objects(nodes).has(root)) {
      throw unsupported('The document holds a credential that leads back to it.');
    }
  }

  // One node with all that the graph says about it; `around`: the nodes around it.
  node(subject, graph, around) {
    this.count(lengthOf(subject));
    if(around.length > MAX_JSON_DEPTH) {
      throw tooComplex();
    }
    const statements = this.graphs.get(graph).get(subject) ?? new Map();
    this.repeat(statements);
    const names = this.names([...statements.keys()]);
    const result = objectOf(isBlank(subject) ? {} : {id: subject.slice(1, -1)});
    if(statements.has(TYPE)) {
      result.type = this.types(statements.get(TYPE));
    }
    for(const [predicate, name] of [...names].sort(([, one], [, other]) => byCodePoint(one, other))) {
      if(predicate !== TYPE && predicate !== CONTAINED_CREDENTIAL) {
        const word = this.vocabulary.word(predicate);
        result[name] = this.values(word, statements.get(predicate), graph, [...around, subject]);
      }
    }
    return result;
  }

  // Predicate -> the member it is written under. Two predicates that share a short name: neither has it.
  names(predicates) {
    const count = new Map();
    for(const predicate of predicates) {
      this.named.add(predicate);
      const {member} = this.vocabulary.word(predicate);
      count.set(member, (count.get(member) ?? 0) + 1);
    }
    const nameOf = (predicate, {member}) => member && count.get(member) === 1 ? member : predicate;
    return new Map(predicates.map(each => [each, nameOf(each, this.vocabulary.word(each))]));
  }

  types(values) {
    const iris = values.map(value => value.slice(1, -1));
    iris.forEach(iri => this.named.add(iri));
    const later = name => FIRST_TYPES.includes(name) ? 0 : 1;
    const names = iris.map(iri => this.vocabulary.word(iri).type || iri)
      .sort((one, other) => later(one) - later(other) || byCodePoint(one, other));
    return names.length === 1 && SINGLE_TYPES.has(names[0]) ? names[0] : names;
  }

  values(word, values, graph, around) {
    const found = values.map(value => this.value(word, value, graph, around));
    if(found.length > 1) {
      const keyed = found.map(each => [this.text(each), each]);
      return keyed.sort(([one], [other]) => byCodePoint(one, other)).map(([, each]) => each);
    }
    const [alone] = found;
    const isSet = ARRAYS.has(word.member) || word.isSet(isObject(alone));
    return isSet && !Array.isArray(alone) ? [alone] : alone;
  }

  value(word, value, graph, around) {
    this.count(lengthOf(value));
    if(value.startsWith('"')) {
      return toJson(literalOf(value), word.datatypes);
    }
    if(this.graphs.has(value)) {
      return this.node(this.rootOf(value), value, around);
    }
    const node = this.graphs.get(graph).get(value);
    if(value === NIL || node?.has(FIRST)) {
      return this.list(word, value, graph, around);
    }
    if(node && !around.includes(value)) {
      return this.node(value, graph, around);
    }
    const iri = value.slice(1, -1);
    if(word.datatypes.has('@vocab')) {
      this.named.add(iri);
      const meant = this.vocabulary.word(iri);
      return meant.member || meant.type || iri;
    }
    return REFERENCES.has(word.member) ? iri : objectOf({id: iri});
  }

  list(word, head, graph, around) {
    const found = [];
    for(let place = head; place !== NIL;) {
      const cell = this.graphs.get(graph).get(place);
      found.push(this.value(word, cell.get(FIRST)[0], graph, around));
      [place] = cell.get(REST);
    }
    return found;
  }

  rootOf(graph) {
    const nodes = this.graphs.get(graph);
    const named = objects(nodes);
    const roots = [...nodes.keys()].filter(subject => !named.has(subject));
    if(roots.length !== 1) {
      throw unsupported('A part of the document does not say where it begins.');
    }
    return roots[0];
  }

  // The text of a value: RFC 8785, but for the order of names beyond U+FFFF.
  text(value) {
    if(!Array.isArray(value) && !isObject(value)) {
      return canonicalText(value);
    }
    if(!this.texts.has(value)) {
      const member = name => `${canonicalText(name)}:${this.text(value[name])}`;
      const text = Array.isArray(value) ?
        `[${value.map(each => this.text(each)).join(',')}]` :
        `{${Object.keys(value).sort(byCodePoint).map(member).join(',')}}`;
      this.texts.set(value, text);
      this.steps.takeCharacters(lengthOf(text));
    }
    return this.texts.get(value);
  }

  repeat(statements) {
    if(this.described.has(statements)) {
      const values = [...statements.values()].flat();
      this.repeated += values.reduce((sum, value) => sum + lengthOf(value), 0);
      if(this.repeated > MAX_REPEATED_CHARACTERS) {
        throw tooComplex();
      }
    }
    this.described.add(statements);
  }

  count(characters) {
    this.steps.take(STEPS_A_VALUE + Math.floor(characters / CHARACTERS_A_STEP));
    this.written++;
    if(this.written > MAX_JSON_MEMBERS) {
      throw tooComplex();
    }
  }
}

// The map under a key, made when it is not there.
function within(maps, key) {
  if(!maps.has(key)) {
    maps.set(key, new Map());
  }
  return maps.get(key);
}

// Every node and value that something is said with.
function objects(nodes) {
  return new Set([...nodes.values()].flatMap(statements => [...statements.values()].flat()));
}

function unsupported(detail) {
  return new FormatError('terms.unsupported', detail);
}

function tooComplex() {
  return new FormatError('rdf.too-complex', 'The document refers to its own parts too often to be shown.');
}
