// JSON text as Python's json.dumps writes it: bounds count its characters, and equal texts stand for equal values.
import {byCodePoint} from './text.mjs';
import {isObject} from './types.mjs';
import {quoted} from './spelling.mjs';

export function dumps(value, {sorted = false} = {}) {
  if(typeof value === 'string') {
    return JSON.stringify(value).replace(/[\x7f-\uffff]/g, escaped);
  }
  if(value === null || typeof value === 'boolean') {
    return String(value);
  }
  if(Array.isArray(value)) {
    return `[${value.map(each => dumps(each, {sorted})).join(', ')}]`;
  }
  if(isObject(value)) {
    const names = sorted ? Object.keys(value).sort(byCodePoint) : Object.keys(value);
    return `{${names.map(name => `${dumps(name)}: ${dumps(value[name], {sorted})}`).join(', ')}}`;
  }
  return quoted(value);
}

const escaped = unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
