// Where the nodes of a document are described, and whether their statements stand where they are shown.
//
// Under RDFC statements about one id may stand at any object with that id, and the signature holds (docs/adr/0013).
import {isObject, same} from './types.mjs';
import {FormatError} from './errors.mjs';
import {cut} from './spelling.mjs';

const about = subject => cut(subject.slice(1, -1), 120);

// The node objects of one document in its own graph, as a walk comes by them.
export class Parts {
  described = new Set(); // the nodes of which an object says more than their id
  top = []; // [node, members] of each object right under the document: its issuer, subject, status, and so on

  // One more node object, without its @context.
  note(subject, members, isTop) {
    if(isTop) {
      this.top.push([subject, members]);
    }
    if(Object.keys(members).length > 1) {
      this.described.add(subject);
    }
  }

  // A part of the document that says nothing but an id which another part describes was emptied. Two parts that
  // describe one id, each in its own way, may be what the issuer wrote, or not.
  //
  // Throws FormatError `terms.split` or `terms.unsupported`.
  refuseMoved(root) {
    const parts = new Map();
    for(const [subject, members] of this.top) {
      if(Object.keys(members).length === 1 && this.described.has(subject) && subject !== root) {
        throw new FormatError('terms.split', `What is said about ${about(subject)} stands in another place.`);
      }
      if(!parts.has(subject)) {
        parts.set(subject, members);
      } else if(!same(parts.get(subject), members)) {
        throw new FormatError('terms.unsupported', `Two parts describe ${about(subject)}, each in its own way.`);
      }
    }
  }
}

// Throws FormatError `terms.split` when a set holds one node twice, and the two say different things.
//
// `seen`: what each node of the set says so far, by node; null for a mere reference.
export function refuseDivided(seen, subject, value, path) {
  const said = isObject(value) && Object.keys(value).length > 1 ? value : null;
  if(!seen.has(subject)) {
    seen.set(subject, said);
  } else if(!same(seen.get(subject), said)) {
    throw new FormatError('terms.split', `${path} says what is said about ${about(subject)} in two objects.`);
  }
}
