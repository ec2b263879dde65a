// The part of a document that its contexts give a meaning to, for documents of which every byte is signed.
//
// VCDM 2.0 section 5.13: what no context defines is no statement of the credential, also where a signature covers it.
import {Walk} from './terms.mjs';
import {EMPTY} from './contexts.mjs';
import {FormatError} from './errors.mjs';
import {isObject} from './types.mjs';

const STEPS_A_MEMBER = 8;

// `document` without the members that no context defines: what is left means the same to every reader.
//
// For documents of which every byte is signed. Throws FormatError as `toQuads`, but for `terms.undefined`.
export function definedPart(document, contexts) {
  const walk = new Tolerant(contexts, {allSigned: true});
  walk.node(document, EMPTY, '', '$');
  return without(document, walk.undefined);
}

// `undefinedNames`: object -> the names in it that no context defines.
function without(value, undefinedNames) {
  if(Array.isArray(value)) {
    return value.map(each => without(each, undefinedNames));
  }
  if(isObject(value)) {
    const part = Object.create(null);
    for(const name of Object.keys(value).filter(each => !undefinedNames.get(value)?.has(each))) {
      part[name] = without(value[name], undefinedNames);
    }
    return part;
  }
  return value;
}

// Passes over what no context defines, and notes in which object it stands: paths grow with the depth.
class Tolerant extends Walk {
  undefined = new Map();
  within = [];

  node(node, ...about) {
    this.within.push(node);
    const subject = super.node(node, ...about);
    this.within.pop();
    return subject;
  }

  // A type without meaning says nothing, and takes nothing else away.
  type(...about) {
    tolerate(() => super.type(...about));
  }

  member(subject, name, ...about) {
    const depth = this.within.length;
    tolerate(() => super.member(subject, name, ...about), () => {
      this.contexts.steps.take(STEPS_A_MEMBER);
      this.within.length = depth;
      const holder = this.within.at(-1);
      this.undefined.set(holder, (this.undefined.get(holder) ?? new Set()).add(name));
    });
  }
}

function tolerate(say, otherwise = () => {}) {
  try {
    say();
  } catch(error) {
    if(!(error instanceof FormatError) || error.code !== 'terms.undefined') {
      throw error;
    }
    otherwise();
  }
}
