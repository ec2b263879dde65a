// SVG images that carry a credential in an element (Open Badges 3.0 section 5.3.2, XML 1.0, Namespaces in XML 1.0).
//
// A scanner of tags and not a parser of XML: nothing is expanded, fetched or nested. A document type is passed over when
// it only names one, and refused when it defines anything.
import {FormatError} from './errors.mjs';
import {MAX_CREDENTIAL_BYTES, MAX_SVG_ATTRIBUTES, MAX_SVG_ELEMENTS, MAX_SVG_PIECES} from '../limits.mjs';
import {latin1, nearlyLatin1} from './text.mjs';

// As Open Badges 3.0 has it, and as writers have it: from the address of its context, or still from Open Badges 2.0.
const NAMESPACES = /^https?:\/\/(?:purl\.imsglobal\.org\/(?:spec\/)?ob\/v3p0|openbadges\.org)\/?$/;
const LOCAL = 'credential';
const PREFIX = 'openbadges';
const BOM = '\xef\xbb\xbf';
const UTF_16 = /^(?:\xff\xfe<\0|\xfe\xff\0<)/;
const BEGINS = /^(?:\xef\xbb\xbf)?[ \t\r\n]*</;
const ROOT = /<(?:[^ \t\r\n</>:]{1,64}:)?svg[ \t\r\n/>]/;
const ENCODING = /^<\?xml[^>]{0,99}?[ \t\r\n]encoding[ \t\r\n]*=[ \t\r\n]*["'](?!utf-8["'])/i;
const DECLARATION = 256; // bytes in which it stands
const CDATA = '<![CDATA[';
const OTHERS = [['<!--', '-->'], [CDATA, ']]>'], ['<?', '?>']];
const DOCUMENT_TYPE = '<!DOCTYPE';
const QUOTED = /"[^"]*"|'[^']*'/g;
const TAG = /<\/?([^ \t\r\n</>]+)/y;
const ATTRIBUTE = /[ \t\r\n]([^ \t\r\n='"<>]+)[ \t\r\n]*=[ \t\r\n]*(?:"([^"]*)"|'([^']*)')/g;
const ENTITY = /&(?:(amp|lt|gt|quot|apos)|#([0-9]{1,7})|#x([0-9a-fA-F]{1,6}));|&/g;
const LONGEST_NAMESPACE = 256;
const LONGEST_DOCUMENT_TYPE = 1_024;
const MOST_ESCAPED = 2; // how much longer a document, or a token, may stand there than it is
const NAMED = {amp: '&', lt: '<', gt: '>', quot: '"', apos: "'"};

// Whether the bytes begin as XML does, and hold an `svg` tag.
export function looksLike(data) {
  const text = nearlyLatin1(data);
  return UTF_16.test(text) ? text.includes('s\0v\0g') : BEGINS.test(text) && ROOT.test(text);
}

// What stands in each element for a credential, as bytes; throws FormatError `svg.form` or `carrier.unread`.
export function contents(data) {
  const pieces = piecesOf(decoded(data));
  const around = bindings(rootOf(pieces));
  const found = [];
  for(const piece of elements(pieces)) {
    if(isForACredential(piece, around)) {
      found.push(...held(piece, pieces));
    }
  }
  return found.filter(text => /[^ \t\r\n]/.test(text)).map(text => new TextEncoder().encode(text));
}

function decoded(data) {
  const begin = latin1(data.subarray(0, DECLARATION));
  if(UTF_16.test(begin)) {
    throw new FormatError('carrier.unread', 'The image is UTF-16 text, and not UTF-8.');
  }
  const bare = begin.startsWith(BOM) ? data.subarray(BOM.length) : data;
  try {
    return new TextDecoder('utf-8', {fatal: true, ignoreBOM: true}).decode(bare);
  } catch{
    throw ENCODING.test(begin)
      ? new FormatError('carrier.unread', 'The image is text in another encoding than UTF-8.')
      : form('The image is not UTF-8 text.');
  }
}

// Tags with their name, and texts without one; `text` is as it stands in the file.
//
// Whoever takes only some of them does so by hand, and not by `for`, which would end the generator.
function* piecesOf(text) {
  let place = 0;
  for(let number = 0; number < MAX_SVG_PIECES; number += 1) {
    if(place === text.length) {
      return;
    }
    const {name, end} = pieceAt(text, place);
    yield {name, text: text.slice(place, end)};
    place = end;
  }
  throw form('The image has too many parts.');
}

function pieceAt(text, place) {
  if(text[place] !== '<') {
    const following = text.indexOf('<', place);
    return {name: '', end: following < 0 ? text.length : following};
  }
  for(const [begins, ends] of OTHERS) {
    if(text.startsWith(begins, place)) {
      return {name: '', end: past(ends, text, place + begins.length)};
    }
  }
  if(text.startsWith(DOCUMENT_TYPE, place)) {
    return {name: '', end: endOfTag(text, place)};
  }
  TAG.lastIndex = place;
  const name = /[!?]/.test(text[place + 1] ?? '') ? undefined : TAG.exec(text)?.[1];
  if(name === undefined) {
    throw cutOff();
  }
  return {name, end: endOfTag(text, TAG.lastIndex)};
}

function endOfTag(text, begin) {
  const stops = /[>"']/g;
  stops.lastIndex = begin;
  for(let stop = stops.exec(text); stop; stop = stops.exec(text)) {
    if(stop[0] === '>') {
      return stops.lastIndex;
    }
    stops.lastIndex = past(stop[0], text, stops.lastIndex);
  }
  throw cutOff();
}

function past(mark, text, place) {
  const found = text.indexOf(mark, place);
  if(found < 0) {
    throw cutOff();
  }
  return found + mark.length;
}

function rootOf(pieces) {
  for(let next = pieces.next(); !next.done; next = pieces.next()) {
    if(next.value.name) {
      if(parts(next.value.name)[1] !== 'svg') {
        break;
      }
      return next.value;
    }
    checkDocumentType(next.value.text);
  }
  throw form('The outermost element is not svg.');
}

// It may say where its definitions are, which nobody fetches, and not bring any: a reference could then be one.
function checkDocumentType(text) {
  if(!text.startsWith(DOCUMENT_TYPE)) {
    return;
  }
  if(text.length > LONGEST_DOCUMENT_TYPE || text.replace(QUOTED, '').includes('[')) {
    throw form('The image brings definitions in its document type.');
  }
}

function parts(name) {
  const colon = name.lastIndexOf(':');
  return [name.slice(0, Math.max(colon, 0)), name.slice(colon + 1)];
}

const closes = ({text}) => text.startsWith('</');

// Those that a credential may stand in, by the name alone.
function* elements(pieces) {
  let count = 0;
  for(let next = pieces.next(); !next.done; next = pieces.next()) {
    if(parts(next.value.name)[1] === LOCAL && !closes(next.value)) {
      count += 1;
      if(count > MAX_SVG_ELEMENTS) {
        throw form('The image has too many elements for a credential.');
      }
      yield next.value;
    }
  }
}

// By the namespace of its prefix, as the element binds it or the outermost one (`around`).
function isForACredential(piece, around) {
  const [prefix] = parts(piece.name);
  const namespace = bindings(piece).get(prefix) ?? around.get(prefix);
  if(namespace === undefined && prefix === PREFIX) {
    throw form(`The prefix ${PREFIX} does not stand for anything.`);
  }
  const written = namespace ?? '';
  return written.length <= LONGEST_NAMESPACE && NAMESPACES.test(unescaped(written));
}

// Prefix -> namespace as it is written; the prefix is empty for elements without one.
function bindings({text}) {
  const named = [...attributes(text)].filter(([name]) => name === 'xmlns' || name.startsWith('xmlns:'));
  return new Map(named.map(([name, value]) => [name.slice('xmlns:'.length), value]));
}

// Name -> value as it is written.
function attributes(tag) {
  const found = new Map();
  let count = 0;
  for(const [, name, double, single] of tag.matchAll(ATTRIBUTE)) {
    count += 1;
    if(count > MAX_SVG_ATTRIBUTES) {
      throw form('A tag of the image has too many attributes.');
    }
    found.set(name, double || single || '');
  }
  return found;
}

// A token stands in the attribute `verify`, a document between the tags.
function held({name, text}, following) {
  const texts = text.endsWith('/>') ? [] : body(name, following);
  const token = attributes(text).get('verify') ?? '';
  const length = [token, ...texts].reduce((sum, each) => sum + each.length, 0);
  if(length > MOST_ESCAPED * MAX_CREDENTIAL_BYTES) {
    throw new FormatError('carrier.size', 'The credential in the image is too large.');
  }
  return [unescaped(token), texts.map(characters).join('')];
}

function body(name, following) {
  const texts = [];
  for(let next = following.next(); !next.done; next = following.next()) {
    if(next.value.name === name && closes(next.value)) {
      return texts;
    }
    if(next.value.name || next.value.text.startsWith(DOCUMENT_TYPE)) {
      break;
    }
    texts.push(next.value.text);
  }
  throw form('The element of the credential holds other elements, or does not end.');
}

function characters(text) {
  if(text.startsWith(CDATA)) {
    return text.slice(CDATA.length, -3);
  }
  return text.startsWith('<') ? '' : unescaped(text);
}

const unescaped = text => text.replace(ENTITY, character);

function character(_, name, decimal, hexadecimal) {
  if(name) {
    return NAMED[name];
  }
  const number = decimal ? Number(decimal) : Number.parseInt(hexadecimal ?? '110000', 16);
  if(number > 0x10ffff || (number >= 0xd800 && number <= 0xdfff)) {
    throw form('The image refers to characters in a way that only a document type could explain.');
  }
  return String.fromCodePoint(number);
}

const cutOff = () => form('The image is cut off, or a tag in it is not written as it should be.');
const form = detail => new FormatError('svg.form', detail);
