// SVG images that carry a credential in an element (Open Badges 3.0 section 5.3.2, XML 1.0).
//
// A scanner of tags and not a parser of XML: nothing is expanded, fetched or nested, and a document type is refused.
import {FormatError} from './errors.mjs';
import {MAX_SVG_PIECES} from '../limits.mjs';
import {latin1} from './text.mjs';

const NAMESPACE = 'https://purl.imsglobal.org/ob/v3p0';
const NAME = 'openbadges:credential';
const BINDING = 'xmlns:openbadges';
const BOM = '\xef\xbb\xbf';
const BEGINS = /^(?:\xef\xbb\xbf)?[ \t\r\n]*</;
const CDATA = '<![CDATA[';
const OTHERS = [['<!--', '-->'], [CDATA, ']]>'], ['<?', '?>']];
const TAG = /<\/?([^ \t\r\n</>]+)/y;
const ATTRIBUTE = /[ \t\r\n]([^ \t\r\n='"<>]+)[ \t\r\n]*=[ \t\r\n]*(?:"([^"]*)"|'([^']*)')/g;
const ENTITY = /&(?:(amp|lt|gt|quot|apos)|#([0-9]{1,7})|#x([0-9a-fA-F]{1,6}));|&/g;
const NAMED = {amp: '&', lt: '<', gt: '>', quot: '"', apos: "'"};

// Whether the bytes begin as XML does, and hold an `svg` tag.
export function looksLike(data) {
  const text = latin1(data);
  return BEGINS.test(text) && text.includes('<svg');
}

// What stands in each element for a credential, as bytes; throws FormatError `svg.form`.
export function contents(data) {
  const pieces = [...piecesOf(decoded(data))];
  const root = pieces.find(({name}) => name);
  if(root?.name !== 'svg') {
    throw form('The outermost element is not svg.');
  }
  const namespace = attributes(root.text).get(BINDING) ?? '';
  return pieces
    .flatMap((piece, place) => opens(piece) ? held(pieces, place, namespace) : [])
    .filter(text => /[^ \t\r\n]/.test(text))
    .map(text => new TextEncoder().encode(text));
}

function decoded(data) {
  const bare = latin1(data.subarray(0, BOM.length)) === BOM ? data.subarray(BOM.length) : data;
  try {
    return new TextDecoder('utf-8', {fatal: true, ignoreBOM: true}).decode(bare);
  } catch{
    throw form('The image is not UTF-8 text.');
  }
}

// Tags with their name, and texts without one; `text` is as it stands in the file.
function* piecesOf(text) {
  let place = 0;
  for(let number = 0; number < MAX_SVG_PIECES; number += 1) {
    if(place === text.length) {
      return;
    }
    const end = endOfPiece(text, place);
    const piece = text.slice(place, end);
    yield {name: /^<[!?]/.test(piece) ? '' : tagName(text, place) ?? '', text: piece};
    place = end;
  }
  throw form('The image has too many parts.');
}

function tagName(text, place) {
  TAG.lastIndex = place;
  return TAG.exec(text)?.[1];
}

function endOfPiece(text, place) {
  if(text[place] !== '<') {
    const following = text.indexOf('<', place);
    return following < 0 ? text.length : following;
  }
  for(const [begins, ends] of OTHERS) {
    if(text.startsWith(begins, place)) {
      return past(ends, text, place + begins.length);
    }
  }
  if(tagName(text, place) === undefined || text.startsWith('<!', place)) {
    throw form('The image has a document type, or a tag without a name.');
  }
  return endOfTag(text, place);
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

const opens = ({name, text}) => name === NAME && !text.startsWith('</');

function attributes(tag) {
  return new Map([...tag.matchAll(ATTRIBUTE)].map(([, name, double, single]) => [name, unescaped(double || single || '')]));
}

// A token stands in the attribute `verify`, a document between the tags; `namespace`: as the root binds it.
function held(pieces, place, namespace) {
  const tag = pieces[place].text;
  const named = attributes(tag);
  if((named.get(BINDING) ?? namespace) !== NAMESPACE) {
    throw form(`The prefix openbadges does not stand for ${NAMESPACE}.`);
  }
  return [named.get('verify') ?? '', tag.endsWith('/>') ? '' : body(pieces, place + 1)];
}

function body(pieces, begin) {
  const texts = [];
  let place = begin;
  for(; place < pieces.length && !pieces[place].name; place += 1) {
    texts.push(characters(pieces[place].text));
  }
  if(pieces[place]?.name !== NAME || opens(pieces[place])) {
    throw form('The element of the credential holds other elements, or does not end.');
  }
  return texts.join('');
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

const cutOff = () => form('The image is cut off.');
const form = detail => new FormatError('svg.form', detail);
