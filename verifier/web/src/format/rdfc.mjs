// RDF Dataset Canonicalization (RDFC-1.0): a document or N-Quads in, canonical N-Quads bytes out, work bounded.
import {MAX_BLANK_NODES, MAX_N_DEGREE_CALLS, MAX_N_DEGREE_DEPTH} from '../limits.mjs';
import {distinct, isBlank, read, write} from './nquads.mjs';
import {hex, sha256} from './sha256.mjs';
import {FormatError} from './errors.mjs';
import {byCodePoint} from './text.mjs';
import {permutations} from './permutations.mjs';
import {toQuads} from './terms.mjs';

const POSITIONS = [[0, 's'], [2, 'o'], [3, 'g']];

// The n-degree work done so far: one object for several canonicalizations bounds them together.
export class Work {
  calls = 0;

  // One more call at this depth; throws FormatError `rdf.too-complex` past the limits.
  spend(depth) {
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
export function canonicalizeQuads(quads, work) {
  const names = canonicalNames(quads, work);
  const lines = distinct(quads).map(quad => write(relabel(quad, blank => names.get(blank))));
  return new TextEncoder().encode(lines.sort(byCodePoint).join(''));
}

// Blank node -> its canonical name `_:c14n…` (section 4.4.3: the canonical identifier map).
export function canonicalNames(quads, work = new Work()) {
  return new Canonicalization(distinct(quads), work).run();
}

function relabel([subject, predicate, value, graph], name) {
  const renamed = term => isBlank(term) ? name(term) : term;
  return [renamed(subject), predicate, renamed(value), renamed(graph)];
}

const digestOf = text => hex(sha256(text));

// Identifier issuer (section 4.5): remembers names in the order they were given.
class Issuer extends Map {
  constructor(prefix, names = []) {
    super(names);
    this.prefix = prefix;
  }

  issue(blank) {
    if(!this.has(blank)) {
      this.set(blank, `${this.prefix}${this.size}`);
    }
    return this.get(blank);
  }

  copy() {
    return new Issuer(this.prefix, this);
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
    this.canonical = new Issuer('_:c14n');
    const mentions = new Map(quads.flatMap(quad => quad.filter(isBlank).map(blank => [blank, []])));
    for(const quad of quads) {
      new Set(quad.filter(isBlank)).forEach(blank => mentions.get(blank).push(quad));
    }
    if(mentions.size > MAX_BLANK_NODES) {
      throw tooComplex(`more than ${MAX_BLANK_NODES} nameless objects`);
    }
    this.links = new Map();
    this.firstDegree = new Map();
    for(const [blank, about] of mentions) {
      // Only what links two blank nodes counts beyond the first degree; a node may have thousands of plain values.
      this.links.set(blank, about.filter(quad => quad.some(term => isBlank(term) && term !== blank)));
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
    return this.canonical;
  }

  // Section 4.4.3 step 5: nodes that look alike from one step away are told apart by what surrounds them.
  nameAlike(blanks) {
    const results = [];
    for(const blank of blanks) {
      if(!this.canonical.has(blank)) {
        const temporary = new Issuer('_:b');
        temporary.issue(blank);
        results.push(this.hashNDegree(blank, temporary, 0));
      }
    }
    results.sort(([one], [other]) => byCodePoint(one, other));
    for(const [, issuer] of results) {
      [...issuer.keys()].forEach(blank => this.canonical.issue(blank));
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
    this.work.spend(depth);
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
      this.work.spend(depth);
      const candidate = this.path(order, issuer.copy(), chosen, depth);
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

// Section 4.6.3.
function hashFirstDegree(blank, mentions) {
  const lines = mentions.map(quad => write(relabel(quad, other => other === blank ? '_:a' : '_:z')));
  return digestOf(lines.sort(byCodePoint).join(''));
}

function worse(path, chosen) {
  return chosen !== '' && path.length >= chosen.length && path > chosen;
}

function tooComplex(what) {
  return new FormatError('rdf.too-complex', `The document holds ${what}; it is not canonicalized.`);
}
