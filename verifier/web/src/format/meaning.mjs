// The part of a document that its contexts give a meaning to, for documents of which every byte is signed.
//
// VCDM 2.0 section 5.13: what no context defines is no statement of the credential, also where a signature covers it.
import {Walk, places} from './terms.mjs';
import {EMPTY} from './contexts.mjs';
import {FormatError} from './errors.mjs';
import {isObject} from './types.mjs';

// `document` without the members that no context defines: what is left means the same to every reader.
//
// For documents of which every byte is signed. Throws FormatError as `toQuads`, but for `terms.undefined`.
export function definedPart(document, contexts) {
  const walk = new Tolerant(contexts, {allSigned: true});
  walk.node(document, EMPTY, '', '$');
  return without(document, walk.undefined, '$');
}

function without(value, undefinedPlaces, path) {
  if(Array.isArray(value)) {
    const kept = places(path, value).filter(([place]) => !undefinedPlaces.has(place));
    return kept.map(([place, each]) => without(each, undefinedPlaces, place));
  }
  if(isObject(value)) {
    const part = Object.create(null);
    for(const name of Object.keys(value).filter(each => !undefinedPlaces.has(`${path}.${each}`))) {
      part[name] = without(value[name], undefinedPlaces, `${path}.${name}`);
    }
    return part;
  }
  return value;
}

// Passes over what no context defines, and notes where it stands.
class Tolerant extends Walk {
  undefined = new Set();

  // A type without meaning says nothing, and takes nothing else away.
  type(...about) {
    tolerate(() => super.type(...about));
  }

  member(...about) {
    tolerate(() => super.member(...about), () => this.undefined.add(about.at(-1)));
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
