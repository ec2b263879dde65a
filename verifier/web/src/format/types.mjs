// The shape of a parsed JSON text: objects without a prototype, arrays, texts, numbers, booleans, null.

// A whole number that was written with a point or an exponent, such as 1.0. JSON-LD and integer members tell it from 1,
// which a number of JavaScript cannot. A plain number is an integer exactly if `Number.isSafeInteger` says so.
export class WholeDouble {
  constructor(value) {
    this.value = value;
    Object.freeze(this);
  }

  toJSON() {
    return this.value;
  }
}

// Whether a value is a JSON object.
export function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof WholeDouble);
}

// A JSON object with the members of all these, the last one counting.
export function objectOf(...sources) {
  return Object.assign(Object.create(null), ...sources);
}

// The object without some of its members.
export function without(object, ...names) {
  const copy = objectOf(object);
  names.forEach(name => delete copy[name]);
  return copy;
}

// A value that may stand alone or in an array, as a list; null is an empty one.
export function asList(value) {
  return value === null || value === undefined ? [] : Array.isArray(value) ? value : [value];
}

// Whether two values are equal, in whatever order their members stand; numbers are, and truths like 1 and 0.
export function same(one, two) {
  if(Array.isArray(one) && Array.isArray(two)) {
    return one.length === two.length && one.every((each, place) => same(each, two[place]));
  }
  if(isObject(one) && isObject(two)) {
    const names = Object.keys(one);
    return names.length === Object.keys(two).length && names.every(name => name in two && same(one[name], two[name]));
  }
  return scalar(one) === scalar(two);
}

const scalar = value => typeof value === 'boolean' ? Number(value) : plain(value);

// A number as JavaScript has it, and every other value as it is.
export function plain(value) {
  return value instanceof WholeDouble ? value.value : value;
}

// Whether two values are one text, members in one order.
export function identical(one, other) {
  if(Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((each, place) => identical(each, other[place]));
  }
  if(isObject(one) && isObject(other)) {
    const [names, others] = [Object.keys(one), Object.keys(other)];
    return one === other || (names.length === others.length &&
      names.every((name, place) => name === others[place] && identical(one[name], other[name])));
  }
  return one instanceof WholeDouble && other instanceof WholeDouble ? one.value === other.value : one === other;
}
