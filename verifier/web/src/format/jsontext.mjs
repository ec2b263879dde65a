// The grammar of JSON, position by position: what JSON.parse would drop or round is refused here.
import {MAX_JSON_DEPTH, MAX_NUMBER_CHARACTERS} from '../limits.mjs';
import {FormatError} from './errors.mjs';
import {WholeDouble} from './types.mjs';
import {cut} from './spelling.mjs';
import {dumps} from './dumps.mjs';
import {lengthOf} from './text.mjs';

const SPACE = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9][0-9]*)((?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)/y;
const CHUNK = /[^"\\\u0000-\u001f]*/y;
const HEX = /[0-9a-fA-F]{4}/y;
const ESCAPES = {'"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t'};
const WORDS = [['null', null], ['true', true], ['false', false]];
const NO_NUMBERS = ['NaN', 'Infinity', '-Infinity'];
// Nesting that is still read, so that a fault further on can be named; recursion rests on this bound.
const MAX_RECURSION = 900;

// One text on its way through the grammar; the messages are those of Python's reader.
export class JsonText {
  constructor(text) {
    this.text = text;
    this.place = 0;
    this.depth = 0;
  }

  // The value of the whole text; throws FormatError `json.syntax`, `json.number`, `json.duplicate-name`, `json.depth`.
  read() {
    if(this.text.startsWith('\ufeff')) {
      throw this.wrong('Unexpected UTF-8 BOM (decode using utf-8-sig)', 0);
    }
    this.match(SPACE);
    const value = this.value();
    this.match(SPACE);
    if(this.place < this.text.length) {
      throw this.wrong('Extra data');
    }
    return value;
  }

  value() {
    const first = this.text[this.place];
    if(first === '"') {
      return this.string();
    }
    if(first === '{' || first === '[') {
      return this.nested(first === '{' ? () => this.object() : () => this.array());
    }
    const word = WORDS.find(([each]) => this.text.startsWith(each, this.place));
    if(word) {
      this.place += word[0].length;
      return word[1];
    }
    return this.number();
  }

  nested(read) {
    this.depth += 1;
    if(this.depth > MAX_RECURSION) {
      throw new FormatError('json.depth', `Arrays and objects are nested more than ${MAX_JSON_DEPTH} deep.`);
    }
    this.place += 1;
    this.match(SPACE);
    const value = read();
    this.depth -= 1;
    return value;
  }

  object() {
    const [result, names] = [Object.create(null), []];
    if(!this.takes('}')) {
      do {
        this.match(SPACE);
        if(this.text[this.place] !== '"') {
          throw this.wrong('Expecting property name enclosed in double quotes');
        }
        const name = this.string();
        this.match(SPACE);
        this.expect(':');
        this.match(SPACE);
        result[name] = this.value();
        names.push(name);
      } while(this.continues('}'));
    }
    refuseTwice(names);
    return result;
  }

  array() {
    const result = [];
    if(!this.takes(']')) {
      do {
        this.match(SPACE);
        result.push(this.value());
      } while(this.continues(']'));
    }
    return result;
  }

  continues(end) {
    this.match(SPACE);
    if(this.takes(end)) {
      return false;
    }
    this.expect(',');
    return true;
  }

  string() {
    const begin = this.place;
    let result = '';
    this.place += 1;
    for(;;) {
      result += this.match(CHUNK)[0];
      const stop = this.text[this.place];
      if(stop === undefined || (stop === '\\' && this.place + 1 === this.text.length)) {
        throw this.wrong('Unterminated string starting at', begin);
      }
      if(stop < ' ') {
        throw this.wrong('Invalid control character at');
      }
      this.place += 1;
      if(stop === '"') {
        return result;
      }
      result += this.escape();
    }
  }

  escape() {
    const [begin, letter] = [this.place, this.text[this.place]];
    if(letter === 'u') {
      const digits = this.match(HEX, begin + 1);
      if(!digits || this.place === this.text.length) {
        throw this.wrong('Invalid \\uXXXX escape', begin);
      }
      return String.fromCharCode(parseInt(digits[0], 16));
    }
    if(!Object.hasOwn(ESCAPES, letter)) {
      throw this.wrong('Invalid \\escape', begin - 1);
    }
    this.place += 1;
    return ESCAPES[letter];
  }

  number() {
    const found = this.match(NUMBER);
    if(!found) {
      this.refuseNoNumber();
      throw this.wrong('Expecting value');
    }
    const [text, beyondInteger] = found;
    if(text.length > MAX_NUMBER_CHARACTERS) {
      throw new FormatError('json.number', `A number has more than ${MAX_NUMBER_CHARACTERS} characters.`);
    }
    return beyondInteger ? double(text) : integer(text);
  }

  refuseNoNumber() {
    const name = NO_NUMBERS.find(each => this.text.startsWith(each, this.place));
    if(name) {
      throw new FormatError('json.number', `${name} is not a number in JSON.`);
    }
  }

  takes(character) {
    const there = this.text[this.place] === character;
    this.place += there;
    return there;
  }

  expect(character) {
    if(!this.takes(character)) {
      throw this.wrong(`Expecting '${character}' delimiter`);
    }
  }

  match(pattern, place = this.place) {
    pattern.lastIndex = place;
    const found = pattern.exec(this.text);
    this.place = found ? pattern.lastIndex : this.place;
    return found;
  }

  wrong(message, place = this.place) {
    const before = this.text.slice(0, place).split('\n');
    const column = lengthOf(before.at(-1)) + 1;
    return new FormatError('json.syntax', `Line ${before.length}, column ${column}: ${message}.`);
  }
}

function integer(text) {
  const value = Number(text);
  if(!Number.isSafeInteger(value)) {
    throw new FormatError('json.number', `The number ${text} is beyond 2^53 - 1, where readers disagree.`);
  }
  return value + 0; // -0 is the integer 0
}

function double(text) {
  const value = Number(text);
  if(!Number.isFinite(value)) {
    throw new FormatError('json.number', `The number ${text} is too large.`);
  }
  return Number.isSafeInteger(value) ? new WholeDouble(value) : value;
}

function refuseTwice(names) {
  const twice = new Set();
  if(new Set(names).size < names.length) {
    const seen = new Set();
    names.forEach(name => (seen.has(name) ? twice : seen).add(name));
    const first = dumps(cut(names.find(name => twice.has(name)), 80));
    throw new FormatError('json.duplicate-name', `The name ${first} stands twice in one object.`);
  }
}
