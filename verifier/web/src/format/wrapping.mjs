// Texts as people have them: the one credential, token or link in a file or a mail, whatever stands around it.
//
// What can be read as it stands is left as it stands. Elsewhere one outermost object in curly brackets, one token or one
// link to `/v#` is what was meant, and several are refused. What stands inside of it is never mended: nothing becomes
// valid that its issuer did not sign. Linear in the length of the text.
import {QUOTES, straight, unmarked} from './links.mjs';
import {loads, withoutMark} from './strictjson.mjs';
import {FormatError} from './errors.mjs';
import {MAX_JSON_DEPTH, MAX_TEXT_OBJECTS} from '../limits.mjs';
import {SPACE, stripped} from './space.mjs';

// Codes of texts that may have something around them.
export const UNREADABLE = ['json.syntax', 'qr.form'];
const TOKEN = /^eyJ[A-Za-z0-9_=-]*\.[A-Za-z0-9_=-]+\.[A-Za-z0-9_=-]*$/;
const DIGITS = /^[0-9]+$/;
const LONE_LINK = /^https:\/\/[^#]*#[0-9]*$/;
const BREAK = /[\r\n]+/;
// Ends a token: no program breaks one so, and the word behind it may be a greeting.
const BLANK_LINE = /\n[ \t\r]*\n/;
const BLANKS = /^[ \t]+|(?<![ \t])[ \t]+$/g;
// What mail programs put before each line of what is answered: no line of JSON begins so.
const QUOTED = /(?<![^\n])(?:> ?)+/g;
const WORD = new RegExp(`[^${SPACE}${QUOTES}]+`, 'gu');
const RETYPED = '“”„‟«»\u00a0';
const SIGN = new RegExp(`\\\\.|["{}${RETYPED}]`, 'gs');

// Without a byte order mark; out of a JSON string; a lone token or link without marks and line breaks about it. All else
// as it is.
export function bare(source) {
  const data = withoutMark(source);
  const text = textOf(data);
  if(text === null || text.startsWith('{')) {
    return data;
  }
  const inner = outOfString(text);
  const lone = loneIn(inner);
  return lone === null && inner === text ? data : new TextEncoder().encode(lone ?? inner);
}

// The one object, token or link in UTF-8 text that is something else as a whole; null where there is none.
//
// Throws FormatError `text.several`, or `text.marks` for an object that was not copied as it was.
export function inside(data) {
  const whole = stripped(new TextDecoder('utf-8', {ignoreBOM: true}).decode(data));
  const text = whole.replace(QUOTED, '');
  const objects = objectsIn(text);
  if(objects.length > MAX_TEXT_OBJECTS) {
    throw new FormatError('text.several', `The text holds more than ${MAX_TEXT_OBJECTS} objects; one is checked.`);
  }
  const found = new Map([
    ...objects.map(({begin, end, retyped}) => [text.slice(begin, end), retyped]),
    ...wordsIn(beside(text, objects)).map(word => [word, false])
  ]);
  if(found.size > 1) {
    throw new FormatError('text.several', `The text holds ${found.size} objects, tokens or links; one is checked.`);
  }
  for(const [content, retyped] of found) {
    if(retyped) {
      throw new FormatError('text.marks', 'Curly quotation marks or fixed spaces stand where JSON has plain ones.');
    }
    return content === whole ? null : new TextEncoder().encode(content);
  }
  return null;
}

// The different links to `/v#` in a text, made straight.
export function linksIn(text) {
  const lone = loneIn(text);
  const found = lone === null ? wordsIn(text.replace(QUOTED, '')) : [lone];
  return [...new Set(found.filter(each => each.startsWith('https:')))];
}

function textOf(data) {
  try {
    return stripped(new TextDecoder('utf-8', {fatal: true, ignoreBOM: true}).decode(data));
  } catch{
    return null;
  }
}

// A program that writes a text into JSON puts it between quotation marks, and a backslash before those within.
function outOfString(text) {
  try {
    const value = text.startsWith('"') ? loads(new TextEncoder().encode(text)) : null;
    return typeof value === 'string' ? stripped(value) : text;
  } catch(error) {
    if(error instanceof FormatError) {
      return text;
    }
    throw error;
  }
}

function loneIn(quoted) {
  const text = quoted.replace(QUOTED, '');
  const joined = text.split(BREAK).map(line => line.replace(BLANKS, '')).join('');
  const token = [joined, unmarked(joined)].find(each => TOKEN.test(each));
  if(token !== undefined) {
    return BLANK_LINE.test(text) ? null : token;
  }
  const link = straight(joined);
  return link !== null && LONE_LINK.test(link) ? link : null;
}

// Outermost pairs of curly brackets; one that is never closed, or too deep, holds all that follows, and is none.
// `retyped`: whether marks of typography stand in the place of those of JSON. One more than are read is the last.
function objectsIn(text) {
  const found = [];
  let [depth, begin, inString, retyped] = [0, 0, false, false];
  for(const {0: signs, index} of text.matchAll(SIGN)) {
    const sign = inString ? signs : signs.at(-1); // nothing is escaped outside of strings
    if(inString) {
      inString = sign !== '"';
    } else if(sign === '{') {
      [begin, retyped] = depth ? [begin, retyped] : [index + signs.length - 1, false];
      depth += 1;
      if(depth > MAX_JSON_DEPTH) {
        return found;
      }
    } else if(depth && sign === '}') {
      depth -= 1;
      if(!depth) {
        found.push({begin, end: index + signs.length, retyped});
        if(found.length > MAX_TEXT_OBJECTS) {
          return found;
        }
      }
    } else if(depth && sign === '"') {
      inString = true;
    } else if(depth && RETYPED.includes(sign)) {
      retyped = true;
    }
  }
  return found;
}

function beside(text, objects) {
  const ends = [0, ...objects.map(({end}) => end)];
  const begins = [...objects.map(({begin}) => begin), text.length];
  return ends.map((end, place) => text.slice(end, begins[place])).join(' ');
}

// The tokens and links of a prose. Digits behind a link belong to it, so that it is not taken for a whole one.
function wordsIn(text) {
  const found = [];
  let inLink = false;
  for(const word of text.match(WORD) ?? []) {
    const bareWord = unmarked(word);
    const link = straight(bareWord);
    if(inLink && DIGITS.test(bareWord)) {
      found[found.length - 1] += ` ${bareWord}`;
      continue;
    }
    inLink = link !== null;
    if(link !== null || TOKEN.test(bareWord)) {
      found.push(link ?? bareWord);
    }
  }
  return found;
}
