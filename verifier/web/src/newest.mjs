// Of two things of one name the one dated later, in whatever order they come and whatever their files are called.
//
// An old file beside a new one must not bring back what the new one has taken away. Something without a date never takes
// the place of something dated. Pure; commutative and associative.
import {objectOf} from './format/types.mjs';

// The newest of each name, from either side. A shelf is an object of {date, thing} by name; no date is null, and a thing
// of null one about which equally new ones contradict each other. `same` says whether two things are equal, `agree` what
// two different ones of one date come to, null for none.
export function newest(one, other, {same, agree}) {
  const found = objectOf();
  for(const name of Object.keys(objectOf(one, other))) {
    found[name] = newer(one[name], other[name], {same, agree});
  }
  return found;
}

function newer(one, other, {same, agree}) {
  if(!one || !other) {
    return one ?? other;
  }
  if(one.date !== other.date) {
    return other.date === null || (one.date !== null && one.date > other.date) ? one : other;
  }
  if(one.thing === null || other.thing === null) {
    return {date: one.date, thing: null};
  }
  return same(one.thing, other.thing) ? one : {date: one.date, thing: agree(one.thing, other.thing)};
}
