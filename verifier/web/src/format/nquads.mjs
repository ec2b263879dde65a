// RDF quads as text: N-Quads lines, written the one way RDFC-1.0 asks for (RDF 1.1 N-Quads, RDFC-1.0 section 5).
//
// A term is kept as it will be written: `<iri>`, `_:label` or `"text"^^<datatype>`. A quad is [subject, predicate,
// object, graph], with '' for the default graph.
import {cut, quoted} from './spelling.mjs';
import {FormatError} from './errors.mjs';
import {SPACE} from './space.mjs';

export const XSD = 'http://www.w3.org/2001/XMLSchema#';
export const RDF = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#';
export const CREDENTIALS = 'https://www.w3.org/2018/credentials#';
// The member of a presentation whose values are verified, and shown, each by itself.
export const CONTAINED_CREDENTIAL = `${CREDENTIALS}verifiableCredential`;

const ESCAPES = new Map(Array.from({length: 0x20}, (_, unit) => unit).concat(0x7f).map(unit =>
  [String.fromCharCode(unit), `\\u${unit.toString(16).toUpperCase().padStart(4, '0')}`]));
for(const [raw, letter] of [['\b', 'b'], ['\t', 't'], ['\n', 'n'], ['\f', 'f'], ['\r', 'r'], ['"', '"']]) {
  ESCAPES.set(raw, `\\${letter}`);
}
const [BACKSLASH, ESCAPED_BACKSLASH, NUL] = ['\\', '\\\\', '\0'];
const UNESCAPES = {b: '\b', t: '\t', n: '\n', f: '\f', r: '\r', '"': '"', "'": "'", '\\': '\\'};
const TO_ESCAPE = /[\x00-\x1f"\\\x7f]/;
const SURROGATE = /\p{Surrogate}/u;
const ESCAPED = /\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/gsu;

const TO_SKIP = new RegExp(`^[${SPACE}]*(?:#|$)`, 'u');
const IRI = '<((?:[^\\x00-\\x20<>"{}|^`\\\\]|\\\\u[0-9A-Fa-f]{4}|\\\\U[0-9A-Fa-f]{8})*)>';
const BLANK = `(_:[^${SPACE}<>"]+)`;
const LITERAL = `"((?:[^"\\\\\\n\\r]|\\\\[^\\n])*)"(?:\\^\\^${IRI}|@([A-Za-z]+(?:-[A-Za-z0-9]+)*))?`;
const LINE = new RegExp(
  `^[ \\t]*(?:${IRI}|${BLANK})[ \\t]*${IRI}[ \\t]*(?:${IRI}|${BLANK}|${LITERAL})` +
  `[ \\t]*(?:${IRI}|${BLANK})?[ \\t]*\\.[ \\t]*$`, 'u');

// An IRI as a term; the caller has checked its characters.
export function iri(text) {
  return `<${text}>`;
}

// A literal as a term, escaped as canonical N-Quads (RDFC-1.0 section 5.2).
//
// Throws FormatError `nquads.text` for half of a surrogate pair, which UTF-8 cannot carry.
export function literal(text, datatype = '', language = '') {
  if(SURROGATE.test(text)) {
    throw new FormatError('nquads.text', 'A text holds half of a surrogate pair.');
  }
  const inner = `"${escaped(text)}"`;
  if(language) {
    return `${inner}@${language}`;
  }
  return datatype && datatype !== `${XSD}string` ? `${inner}^^<${datatype}>` : inner;
}

// The parts of a term that `literal` wrote; the datatype is '' for a plain text and for one with a language.
export function literalOf(term) {
  const end = term.lastIndexOf('"');
  const rest = term.slice(end + 1);
  return {
    text: raw(term.slice(1, end)),
    datatype: rest.startsWith('^') ? rest.slice(3, -1) : '',
    language: rest.startsWith('@') ? rest.slice(1) : ''
  };
}

// One kind of character after the other: a megabyte may consist of what has to be escaped.
function escaped(text) {
  let found = text;
  if(TO_ESCAPE.test(text)) {
    found = found.replaceAll(BACKSLASH, ESCAPED_BACKSLASH);
    ESCAPES.forEach((written, character) => {
      found = found.includes(character) ? found.replaceAll(character, written) : found;
    });
  }
  return found;
}

// What `escaped` made this of. NUL, which is never written as it is, keeps the place of backslashes meanwhile.
function raw(text) {
  if(!text.includes(BACKSLASH)) {
    return text;
  }
  let found = text.replaceAll(ESCAPED_BACKSLASH, NUL);
  ESCAPES.forEach((written, character) => {
    found = character !== NUL && found.includes(written) ? found.replaceAll(written, character) : found;
  });
  return found.split(ESCAPES.get(NUL)).map(part => part.replaceAll(NUL, BACKSLASH)).join(NUL);
}

// Whether the term is a blank node.
export function isBlank(term) {
  return term.startsWith('_:');
}

// The line of one quad, with its line feed.
export function write([subject, predicate, value, graph]) {
  return graph ? `${subject} ${predicate} ${value} ${graph} .\n` : `${subject} ${predicate} ${value} .\n`;
}

// The quads of an N-Quads document (bytes); throws FormatError `nquads.syntax`.
export function read(data) {
  let text;
  try {
    text = new TextDecoder('utf-8', {fatal: true, ignoreBOM: true}).decode(data);
  } catch{
    throw new FormatError('nquads.syntax', 'The text is not UTF-8.');
  }
  return text.split('\n').filter(line => !TO_SKIP.test(line)).map(readLine);
}

function readLine(line) {
  const match = LINE.exec(line.replace(/\r+$/, ''));
  if(!match) {
    throw new FormatError('nquads.syntax', `Not a line of N-Quads: ${quoted(cut(line, 80))}.`);
  }
  const [, sIri, sBlank, predicate, oIri, oBlank, text, datatype = '', language, gIri, gBlank] = match;
  const value = text === undefined ? node(oIri, oBlank) : literal(unescape(text), unescape(datatype), language);
  const graph = gIri === undefined && !gBlank ? '' : node(gIri, gBlank);
  return [node(sIri, sBlank), iri(unescape(predicate)), value, graph];
}

function node(text = '', blank) {
  return blank ?? iri(unescape(text));
}

function unescape(text) {
  return text.replace(ESCAPED, unescapeOne);
}

function unescapeOne(_, short, long, letter) {
  if(letter === undefined) {
    const number = parseInt(short ?? long, 16);
    if(number > 0x10ffff || (number >= 0xd800 && number <= 0xdfff)) {
      throw new FormatError('nquads.syntax', 'An escape stands for no character.');
    }
    return String.fromCodePoint(number);
  }
  if(!Object.hasOwn(UNESCAPES, letter)) {
    throw new FormatError('nquads.syntax', `Unknown escape \\${letter}.`);
  }
  return UNESCAPES[letter];
}

// A short key for each quad: terms are numbered, so that long ones are not joined, and each is read once.
export class Keys {
  #numbers = new Map();

  of([subject, predicate, value, graph]) {
    return `${this.#number(subject)} ${this.#number(predicate)} ${this.#number(value)} ${this.#number(graph)}`;
  }

  #number(term) {
    const {size} = this.#numbers;
    const found = this.#numbers.get(term);
    if(found === undefined) {
      this.#numbers.set(term, size);
    }
    return found ?? size;
  }
}

// The quads as a set, in first-seen order: a dataset holds each quad once.
export function distinct(quads) {
  const keys = new Keys();
  return [...new Map(quads.map(quad => [keys.of(quad), quad])).values()];
}
