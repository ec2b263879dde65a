// Read JSON strictly: one meaning for every reader, bounded work, no surprises later (RFC 8259, RFC 7493).
import {MAX_CREDENTIAL_BYTES, MAX_JSON_DEPTH, MAX_JSON_MEMBERS} from '../limits.mjs';
import {FormatError} from './errors.mjs';
import {JsonText} from './jsontext.mjs';
import {isObject} from './types.mjs';

const HALF_PAIR = /\p{Surrogate}/u;

const UTF8_MARK = [0xef, 0xbb, 0xbf];
const UTF16_MARKS = [[0xff, 0xfe], [0xfe, 0xff]];

const begins = (data, bytes) => bytes.every((byte, place) => data[place] === byte);

// A file without the byte order mark that some programs write first: a reader may pass it over (RFC 8259, 8.1).
//
// For files alone. JSON within something else is read as it stands.
export function withoutMark(data) {
  return begins(data, UTF8_MARK) ? data.subarray(UTF8_MARK.length) : data;
}

// Parse UTF-8 JSON text of at most `maxBytes` bytes and `maxMembers` members and elements.
//
// Refuses what readers disagree about: duplicate names, NaN and infinities, a byte order mark, lone surrogates, numbers
// beyond a double, deep nesting. Throws FormatError with a code that starts with `json.`.
export function loads(data, {maxBytes = MAX_CREDENTIAL_BYTES, maxMembers = MAX_JSON_MEMBERS} = {}) {
  if(data.length > maxBytes) {
    throw new FormatError('json.size', `The text has ${data.length} bytes; at most ${maxBytes} are read.`);
  }
  const value = new JsonText(decoded(data)).read();
  checkBounds(value, maxMembers);
  return value;
}

// Parse as `loads` and require a JSON object (code `json.not-object`).
export function loadObject(data, bounds) {
  const value = loads(data, bounds);
  if(!isObject(value)) {
    throw new FormatError('json.not-object', 'The text is JSON, but not an object in curly brackets.');
  }
  return value;
}

function decoded(data) {
  try {
    return new TextDecoder('utf-8', {fatal: true, ignoreBOM: true}).decode(data);
  } catch{
    const wider = UTF16_MARKS.some(mark => begins(data, mark)) ? ' It looks like UTF-16.' : '';
    throw new FormatError('json.encoding', `Byte ${firstBadByte(data)} is not UTF-8.${wider}`);
  }
}

// Where the decoder had to put a replacement that does not stand in the bytes itself.
function firstBadByte(data) {
  let place = 0;
  for(const character of new TextDecoder('utf-8', {ignoreBOM: true}).decode(data)) {
    if(character === '\ufffd' && !(data[place] === 0xef && data[place + 1] === 0xbf && data[place + 2] === 0xbd)) {
      break;
    }
    place += utf8Length(character.codePointAt(0));
  }
  return place;
}

function utf8Length(point) {
  return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
}

// Walk without recursion: depth, number of members, and text that UTF-8 can carry.
function checkBounds(value, maxMembers) {
  let [level, depth, members] = [[value], 0, 0];
  while(level.length) {
    const deeper = [];
    level.forEach(item => lookInto(item, deeper));
    depth += level.some(item => Array.isArray(item) || isObject(item));
    members += deeper.length;
    if(depth > MAX_JSON_DEPTH) {
      throw new FormatError('json.depth', `Arrays and objects are nested more than ${MAX_JSON_DEPTH} deep.`);
    }
    if(members > maxMembers) {
      throw new FormatError('json.members', `The text holds more than ${maxMembers} values.`);
    }
    level = deeper;
  }
}

function lookInto(item, deeper) {
  if(typeof item === 'string') {
    checkText(item);
  } else if(Array.isArray(item)) {
    item.forEach(each => deeper.push(each));
  } else if(isObject(item)) {
    Object.keys(item).forEach(name => {
      checkText(name);
      deeper.push(item[name]);
    });
  }
}

function checkText(text) {
  if(HALF_PAIR.test(text)) {
    throw new FormatError('json.surrogate', 'A text holds half of a surrogate pair.');
  }
}
