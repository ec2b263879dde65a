// PDF dictionaries (ISO 32000-1 sections 7.2 and 7.3), as far as a reader of attached files needs them.
//
// The bytes of the file come as a text of as many characters, of which the first 128 stand for themselves.
import {FormatError} from './errors.mjs';

const SPACE = /[\0\t\n\f\r ]*/y;
const COMMENT = /%[^\r\n]*/y;
const TOKEN = new RegExp(
  '<<|>>|[[\\]()]|<[0-9A-Fa-f\\0\\t\\n\\f\\r ]*>|' +
  '/[^\\0\\t\\n\\f\\r ()<>[\\]{}/%]*|[^\\0\\t\\n\\f\\r ()<>[\\]{}/%]+', 'y');

// What stands behind a `<<`, to the `>>` that ends it, as a Map; throws FormatError `pdf.form`.
//
// Name, with its slash, to the tokens of its value, joined by blanks, any text as `(`. Of a name that is repeated the
// first.
export function dictionary(data) {
  const entries = new Map();
  let [name, value, depth] = ['', [], 0];
  for(const token of tokens(data)) {
    const ends = depth === 0 && token === '>>';
    if(ends || (depth === 0 && token.startsWith('/') && (value.length > 0 || !name))) {
      if(!entries.has(name)) {
        entries.set(name, value.join(' '));
      }
      if(ends) {
        return entries;
      }
      [name, value] = [token, []];
    } else {
      depth += (token === '<<' || token === '[') - (token === '>>' || token === ']');
      value.push(token);
    }
  }
  throw damaged();
}

export const damaged = () => new FormatError('pdf.form', 'The PDF is cut off, or a part of it is damaged.');

// Each token, as far as there are any.
function* tokens(data) {
  let place = 0;
  for(;;) {
    TOKEN.lastIndex = pastSpace(data, place);
    const found = TOKEN.exec(data);
    if(!found) {
      return;
    }
    place = found[0] === '(' ? endOfText(data, TOKEN.lastIndex) : TOKEN.lastIndex;
    yield found[0];
  }
}

// Behind blanks and comments, in steps that leave a pattern nothing to try again.
function pastSpace(data, begin) {
  let [place, pattern] = [begin, SPACE];
  for(;;) {
    pattern.lastIndex = place;
    if(!pattern.test(data)) {
      return place;
    }
    [place, pattern] = [pattern.lastIndex, pattern === SPACE ? COMMENT : SPACE];
  }
}

function endOfText(data, place) {
  const marks = /[()\\]/g;
  marks.lastIndex = place;
  for(let depth = 1; depth > 0;) {
    const found = marks.exec(data);
    if(!found) {
      return data.length;
    }
    depth += (found[0] === '(') - (found[0] === ')');
    marks.lastIndex += found[0] === '\\' ? 1 : 0;
  }
  return marks.lastIndex;
}
