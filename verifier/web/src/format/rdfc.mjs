// RDF Dataset Canonicalization (RDFC-1.0): a document or N-Quads in, canonical N-Quads bytes out, work bounded.
import {MAX_BLANK_NODES, MAX_N_DEGREE_CALLS, MAX_N_DEGREE_DEPTH} from '../limits.mjs';
import {distinct, isBlank, read, write} from './nquads.mjs';
import {hex, sha256} from './sha256.mjs';
import {FormatError} from './errors.mjs';
import {CHARACTERS_A_STEP, Steps} from './steps.mjs';
import {byCodePoint, lengthOf} from './text.mjs';
import {permutations} from './permutations.mjs';
import {toQuads} from './terms.mjs';

const POSITIONS = [[0, 's'], [2, 'o'], [3, 'g']];
const STEPS_A_QUAD = 4;
const STEPS_A_NAME = 40;
const STEPS_A_CALL = 8;
const STEPS_A_LINK = 2;
const NAMES_A_STEP = 16; // how many names of an issuer are copied in one step

// The n-degree work done so far: one object for several canonicalizations bounds them together.
//
// `steps` counts that, and all else that is done here, for everything that is verified together.
export class Work {
  calls = 0;

  constructor(steps = new Steps()) {
    this.steps = steps;
  }

  // One more call at this depth, of so many steps; throws FormatError `rdf.too-complex` past the limits.
  spend(depth, steps) {
    this.steps.take(steps);
    this.calls++;
    if(this.calls > MAX_N_DEGREE_CALLS || depth > MAX_N_DEGREE_DEPTH) {
      throw tooComplex('too many nameless objects that look alike');
    }
  }
}

// The canonical N-Quads (SHA-256) of a JSON-LD document, or of an N-Quads text (bytes).
//
// Throws FormatError: those of `toQuads` or `read`, and `rdf.too-complex` past the limits.
export function canonicalize(source, contexts, work) {
  return canonicalizeQuads(source instanceof Uint8Array ? read(source) : toQuads(source, contexts), work);
}

// The canonical N-Quads of a dataset; throws FormatError `rdf.too-complex`.
export function canonicalizeQuads(quads, work = new Work()) {
  const set = distinct(quads);
  const names = new Canonicalization(set, work).run();
  return new TextEncoder().encode(lines(set, blank => names.get(blank)));
}

// Blank node -> its canonical name `_:c14n…` (section 4.4.3: the canonical identifier map).
export function canonicalNames(quads, work = new Work()) {
  return new Canonicalization(distinct(quads), work).run();
}

function relabel([subject, predicate, value, graph], name) {
  const renamed = term => isBlank(term) ? name(term) : term;
  return [renamed(subject), predicate, renamed(value), renamed(graph)];
}

// The lines with their blank nodes named, in order.
function lines(quads, name) {
  return quads.map(quad => write(relabel(quad, name))).sort(byCodePoint).join('');
}

// The blank nodes of a quad, each once; a predicate is none.
function blanksOf([subject, , value, graph]) {
  const found = isBlank(subject) ? [subject] : [];
  if(isBlank(value) && value !== subject) {
    found.push(value);
  }
  if(isBlank(graph) && !found.includes(graph)) {
    found.push(graph);
  }
  return found;
}

const digestOf = text => hex(sha256(text));

// Identifier issuer (section 4.5): remembers names in the order they were given.
//
// Blank nodes are numbered for it (`numbers`), because it is copied far more often than anything else is done.
class Issuer {
  constructor(prefix, numbers, places = new Int16Array(numbers.size).fill(-1), blanks = []) {
    Object.assign(this, {prefix, numbers, places, blanks});
  }

  get size() {
    return this.blanks.length;
  }

  has(blank) {
    return this.places[this.numbers.get(blank)] >= 0;
  }

  // The name of a blank node, if it has been given one.
  get(blank) {
    return this.has(blank) ? `${this.prefix}${this.places[this.numbers.get(blank)]}` : undefined;
  }

  issue(blank) {
    if(!this.has(blank)) {
      this.places[this.numbers.get(blank)] = this.blanks.length;
      this.blanks.push(blank);
    }
    return this.get(blank);
  }

  copy() {
    return new Issuer(this.prefix, this.numbers, this.places.slice(), [...this.blanks]);
  }

  // Blank node -> name.
  names() {
    return new Map(this.blanks.map(blank => [blank, this.get(blank)]));
  }
}

// The values under their keys, in the order of the keys.
function grouped(pairs) {
  const groups = new Map();
  for(const [key, value] of pairs) {
    groups.get(key)?.push(value) ?? groups.set(key, [value]);
  }
  return [...groups].sort(([one], [other]) => byCodePoint(one, other));
}

// The state of one run of the algorithm (section 4.4.2).
class Canonicalization {
  constructor(quads, work) {
    this.work = work;
    work.steps.take(STEPS_A_QUAD * quads.length);
    work.steps.takeCharacters(quads.reduce((sum, quad) => quad.reduce((all, term) => all + lengthOf(term), sum), 0));
    const mentions = new Map();
    for(const quad of quads) {
      for(const blank of blanksOf(quad)) {
        mentions.get(blank)?.push(quad) ?? mentions.set(blank, [quad]);
      }
    }
    if(mentions.size > MAX_BLANK_NODES) {
      throw tooComplex(`more than ${MAX_BLANK_NODES} nameless objects`);
    }
    work.steps.take(STEPS_A_NAME * mentions.size);
    this.numbers = new Map(Array.from(mentions.keys(), (blank, number) => [blank, number]));
    this.canonical = new Issuer('_:c14n', this.numbers);
    this.links = new Map();
    this.weights = new Map(); // the steps of looking at all that a node is linked with
    this.firstDegree = new Map();
    for(const [blank, about] of mentions) {
      // Only what links two blank nodes counts beyond the first degree; a node may have thousands of plain values.
      const links = about.filter(quad => blanksOf(quad).some(other => other !== blank));
      this.links.set(blank, links);
      this.weights.set(blank, links.reduce((sum, quad) => sum + weightOf(quad), 0));
      this.firstDegree.set(blank, hashFirstDegree(blank, about));
    }
  }

  run() {
    const groups = grouped([...this.firstDegree].map(([blank, digest]) => [digest, blank]));
    const shared = [];
    for(const [, blanks] of groups) {
      if(blanks.length === 1) {
        this.canonical.issue(blanks[0]);
      } else {
        shared.push(blanks);
      }
    }
    shared.forEach(blanks => this.nameAlike(blanks));
    return this.canonical.names();
  }

  // Section 4.4.3 step 5: nodes that look alike from one step away are told apart by what surrounds them.
  nameAlike(blanks) {
    const results = [];
    for(const blank of blanks) {
      if(!this.canonical.has(blank)) {
        const temporary = new Issuer('_:b', this.numbers);
        temporary.issue(blank);
        results.push(this.hashNDegree(blank, temporary, 0));
      }
    }
    results.sort(([one], [other]) => byCodePoint(one, other));
    for(const [, issuer] of results) {
      issuer.blanks.forEach(blank => this.canonical.issue(blank));
    }
  }

  // Section 4.7.3.
  hashRelated(related, quad, issuer, position) {
    const name = this.canonical.get(related) ?? issuer.get(related) ?? this.firstDegree.get(related);
    return digestOf(position + (position === 'g' ? '' : quad[1]) + name);
  }

  // The blank nodes next to one, under what each looks like from there.
  related(blank, issuer) {
    const pairs = [];
    for(const quad of this.links.get(blank)) {
      for(const [place, position] of POSITIONS) {
        const other = quad[place];
        if(isBlank(other) && other !== blank) {
          pairs.push([this.hashRelated(other, quad, issuer, position), other]);
        }
      }
    }
    return grouped(pairs);
  }

  // Section 4.8.3.
  hashNDegree(blank, issuer, depth) {
    this.work.spend(depth, STEPS_A_CALL + this.weights.get(blank));
    let data = '';
    for(const [digest, related] of this.related(blank, issuer)) {
      const [path, chosen] = this.bestPath(related, issuer, depth);
      data += digest + path;
      issuer = chosen;
    }
    return [digestOf(data), issuer];
  }

  bestPath(related, issuer, depth) {
    let [chosen, chosenIssuer] = ['', issuer];
    for(const order of permutations(related)) {
      this.work.spend(
        depth, STEPS_A_CALL + Math.floor(order.length / 2) + Math.floor(issuer.size / NAMES_A_STEP));
      // Where there is but one order, nobody asks for what the issuer was before.
      const candidate = this.path(order, order.length > 1 ? issuer.copy() : issuer, chosen, depth);
      if(candidate && (!chosen || candidate[0] < chosen)) {
        [chosen, chosenIssuer] = candidate;
      }
    }
    return [chosen, chosenIssuer];
  }

  // The path of one permutation, or null as soon as it cannot be the shortest and least.
  path(order, issuer, chosen, depth) {
    let path = '';
    const recursion = [];
    for(const related of order) {
      if(this.canonical.has(related)) {
        path += this.canonical.get(related);
      } else {
        if(!issuer.has(related)) {
          recursion.push(related);
        }
        path += issuer.issue(related);
      }
      if(worse(path, chosen)) {
        return null;
      }
    }
    for(const related of recursion) {
      const [digest, result] = this.hashNDegree(related, issuer, depth + 1);
      path += `${issuer.issue(related)}<${digest}>`;
      issuer = result;
      if(worse(path, chosen)) {
        return null;
      }
    }
    return [path, issuer];
  }
}

const weightOf = ([, predicate]) => STEPS_A_LINK + Math.floor(lengthOf(predicate) / CHARACTERS_A_STEP);

// Section 4.6.3.
function hashFirstDegree(blank, mentions) {
  return digestOf(lines(mentions, other => other === blank ? '_:a' : '_:z'));
}

function worse(path, chosen) {
  return chosen !== '' && path.length >= chosen.length && path > chosen;
}

function tooComplex(what) {
  return new FormatError('rdf.too-complex', `The document holds ${what}; it is not canonicalized.`);
}
