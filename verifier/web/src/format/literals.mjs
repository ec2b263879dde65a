// Values of a JSON-LD document as RDF literals (JSON-LD 1.1 API sections 5.3 and 8.2, RFC 8785 for JSON literals).
import {RDF, XSD, literal} from './nquads.mjs';
import {FormatError} from './errors.mjs';
import {JsonText} from './jsontext.mjs';
import {canonicalText} from './jcs.mjs';
import {objectOf} from './types.mjs';

const VALUE_MEMBERS = new Set(['@value', '@language', '@direction']);
const LANGUAGE = /^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$/;
const DIRECTIONS = ['ltr', 'rtl'];
const I18N = 'https://www.w3.org/ns/i18n#';
const DOUBLE = `${XSD}double`;
const NUMBER = /^-?[0-9]{1,16}(?:\.[0-9]{1,15}E-?[0-9]{1,3})?$/;
// Contexts of Open Badges write the addresses of XML Schema with http and with https.
const SCHEMAS = [XSD, XSD.replace('http:', 'https:')];
const BOOLEANS = new Set(SCHEMAS.map(base => `${base}boolean`));
const NUMBERS = new Set(SCHEMAS.flatMap(base =>
  ['integer', 'decimal', 'float', 'double', 'nonNegativeInteger', 'positiveInteger', 'int', 'long']
    .map(name => base + name)));
const TIE = /^-?[0-9]\.[0-9]{15}50*e/;

// A text, truth or number under a term's type; a keyword as type counts as none.
export function fromScalar(value, type, path) {
  const datatype = type.startsWith('@') ? '' : type;
  if(typeof value === 'boolean') {
    return literal(String(value), datatype || `${XSD}boolean`);
  }
  if(Number.isSafeInteger(value) && datatype !== DOUBLE) {
    return literal(String(value), datatype || `${XSD}integer`);
  }
  if(typeof value === 'number' && !Number.isSafeInteger(value)) {
    return literal(double(value, path), datatype || DOUBLE);
  }
  if(typeof value === 'string' && datatype !== DOUBLE) {
    return literal(value, datatype);
  }
  throw ambiguous(path); // among them a WholeDouble
}

// The canonical form of a number with a fraction, where every processor writes the same.
//
// They disagree on whole numbers written with a point, on small ones with a single digit, and on those that lie half
// way between two texts of 16 digits; and all of them round to these, so that two numbers could have one signature.
function double(value, path) {
  const written = value.toExponential(15);
  const oneDigit = Math.abs(value) < 1e-6 && !String(value).includes('.');
  if(!Number.isFinite(value) || Number.isInteger(value) || Number(written) !== value || oneDigit || isTie(value)) {
    throw ambiguous(path);
  }
  const [mantissa, exponent] = written.split('e');
  return `${mantissa.replace(/(\..+?)0+$/, '$1')}E${Number(exponent)}`;
}

// Half way: some round it up, some to the even digit. No other number is as near to that in 60 digits.
function isTie(value) {
  return TIE.test(value.toExponential(60));
}

function ambiguous(path) {
  return new FormatError('terms.unsupported', `${path} is a number that processors write differently.`);
}

// A text with a language and a direction (JSON-LD 1.1 section 4.2.4), as `i18n-datatype` has it.
export function fromValueObject(value, datatype, path) {
  const refuse = what => new FormatError('terms.unsupported', `${path} ${what}`);
  const {'@value': text, '@language': language = '', '@direction': direction} = value;
  const known = Object.keys(value).every(name => VALUE_MEMBERS.has(name));
  const plain = known && ['', '@none', `${XSD}string`].includes(datatype);
  if(!plain || typeof text !== 'string' || typeof language !== 'string') {
    throw refuse('is a value object of a kind that is not supported here.');
  }
  if('@language' in value && !LANGUAGE.test(language)) {
    throw refuse('names a language that is none.');
  }
  const lower = language.toLowerCase(); // as the processors that wallets use do
  if(direction === undefined) {
    return literal(text, '', lower);
  }
  if(!DIRECTIONS.includes(direction)) {
    throw refuse('names a direction that is none.');
  }
  return literal(text, `${I18N}${lower}_${direction}`);
}

// The literal with the same text and language, and no direction; other terms stay what they are.
export function withoutDirection(term) {
  const marker = `^^<${I18N}`;
  const place = term.lastIndexOf(marker);
  if(place < 0) {
    return term;
  }
  const tag = term.slice(place + marker.length);
  const language = tag.slice(0, Math.max(0, tag.lastIndexOf('_')));
  return language ? `${term.slice(0, place)}@${language}` : term.slice(0, place);
}

// A JSON literal: the canonical text of any JSON value.
export function fromJson(value) {
  return literal(canonicalText(value), `${RDF}JSON`);
}

// The one JSON value that stands for a literal: a truth or number where it can be one, else a text.
//
// `plain`: the datatypes that a text under the member at hand has by itself; with any other it is a value object.
export function toJson({text, datatype, language}, plain) {
  if(language) {
    return objectOf({'@value': text, '@language': language});
  }
  if(datatype.startsWith(I18N)) {
    const tag = datatype.slice(I18N.length);
    const place = tag.lastIndexOf('_');
    const inLanguage = place > 0 ? {'@language': tag.slice(0, place)} : {};
    return objectOf({'@value': text}, inLanguage, {'@direction': tag.slice(place + 1)});
  }
  if(datatype === `${RDF}JSON`) {
    return new JsonText(text).read();
  }
  if(BOOLEANS.has(datatype) && ['true', 'false'].includes(text)) {
    return text === 'true';
  }
  const number = NUMBERS.has(datatype) ? numberOf(text, datatype) : null;
  if(number !== null) {
    return number;
  }
  return !datatype || plain.has(datatype) ? text : objectOf({'@type': datatype, '@value': text});
}

// The number that is written exactly so under this datatype; null where there is none.
function numberOf(text, datatype) {
  if(!NUMBER.test(text)) {
    return null;
  }
  try {
    const number = Number(text);
    return fromScalar(number, datatype, '') === literal(text, datatype) ? number : null;
  } catch(error) {
    if(error instanceof FormatError) {
      return null;
    }
    throw error;
  }
}
