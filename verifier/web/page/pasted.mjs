// What somebody pasted, made into what they meant. Pure; all that was cleaned up is named, so that it can be told.
import {linksIn} from '../src/format/wrapping.mjs';

const PUBLIC_ID = /^[A-Z]{2,12}-\d{4}-[0-9A-Z]{8}$/i;
const LINK = /https?:\/\/[^\s<>"'`]+/i;
const FENCE = /```[^\n`]*\n([\s\S]*?)\n?```/;
const TOKEN = /(?<![\w-])[\w-]{16,}\.[\w-]{16,}\.[\w-]{16,}(?:(?:~[\w-]*)+(?:\.[\w-]+\.[\w-]+)?)?/;
const WHOLE_TOKEN = /^[\w-]{16,}\.[\w-]{16,}\.[\w-]{16,}(?:(?:~[\w-]*)+(?:\.[\w-]+\.[\w-]+)?)?$/;
// Tokens and codes of other kinds, which the verifier calls by their names.
const FOREIGN_TOKEN = /^[\w-]+(?:\.[\w-]*){2,4}(?:~[\w.~-]*)?$/;
const FOREIGN_CODE = /^(?:HC1:|V[PC]1-|(?:shc|shlink|mdoc|openid[\w-]*|haip[\w-]*|eudi-[\w-]+):)/i;
const PAIRS = ['""', "''", '``', '“”', '„“', '»«', '«»', '‘’'];

// {text, cleaned} of a document, {id} of a public id, {qr} of a QR code's text, {link} of another link, {} of nothing.
//
// `cleaned`: names of what was done, in order. A text that can be read as it stands is left as it is.
export function understood(given) {
  const text = given.trim();
  if(!text) {
    return {};
  }
  const bare = unquoted(text);
  if(PUBLIC_ID.test(bare)) {
    return {id: bare.toUpperCase()};
  }
  if(isJson(text) || WHOLE_TOKEN.test(text) || FOREIGN_TOKEN.test(text) || FOREIGN_CODE.test(text)) {
    return {text, cleaned: []};
  }
  return embedded(text) ?? linked(text) ?? {text, cleaned: []};
}

function embedded(text) {
  for(const ways of [[fence], [fence, quotes], [fence, quotes, mail]]) {
    const cleaned = [];
    const found = ways.reduce((rest, way) => noted(way(rest), rest, way.name, cleaned), text);
    const document = token(found, cleaned) ?? json(found, cleaned);
    if(document) {
      return {text: document, cleaned};
    }
  }
  return null;
}

function noted(after, before, name, cleaned) {
  if(after !== before) {
    cleaned.push(name);
  }
  return after;
}

const fence = text => FENCE.exec(text)?.[1] ?? text;

// A text that a program has quoted as a whole, or that stands between quotation marks.
function quotes(text) {
  try {
    const inner = JSON.parse(text);
    return typeof inner === 'string' ? inner : text;
  } catch{
    return unquoted(text.trim());
  }
}

function unquoted(text) {
  const between = PAIRS.some(([open, close]) => text.startsWith(open) && text.endsWith(close) && text.length > 1);
  return between ? text.slice(1, -1).trim() : text;
}

// The marks that mail programs put before each line of an answer.
const mail = text => text.replace(/^(?:>[ ]?)+/gmu, '');

function token(text, cleaned) {
  if(text.includes('{')) {
    return null;
  }
  const joined = text.replace(/\s+/gu, '');
  if(WHOLE_TOKEN.test(joined)) {
    return noted(joined, text.trim(), 'breaks', cleaned);
  }
  const inside = LINK.test(text) ? null : TOKEN.exec(text)?.[0];
  return inside ? noted(inside, text, 'around', cleaned) : null;
}

function json(text, cleaned) {
  const object = text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1);
  if(!object) {
    return null;
  }
  for(const [names, repaired] of repairs(object)) {
    if(isJson(repaired)) {
      noted(object, text, 'around', cleaned);
      cleaned.push(...names);
      return repaired;
    }
  }
  return null;
}

function* repairs(object) {
  yield [[], object];
  const joined = withoutBreaks(object);
  yield [['breaks'], joined];
  const straight = object.replace(/[“”„‟]/gu, '"').replace(/\u00a0/gu, ' ');
  yield [['marks'], straight];
  yield [['marks', 'breaks'], withoutBreaks(straight)];
}

// Line breaks inside of texts, where JSON has none.
function withoutBreaks(object) {
  let inText = false;
  let escaped = false;
  return Array.from(object).filter(character => {
    const drop = inText && (character === '\n' || character === '\r');
    inText = character === '"' && !escaped ? !inText : inText;
    escaped = character === '\\' && !escaped;
    return !drop;
  }).join('');
}

function isJson(text) {
  try {
    const value = JSON.parse(text);
    return typeof value === 'object' && value !== null;
  } catch{
    return false;
  }
}

// The link of a code counts before any other, and is found as the verifier finds it, which is to refuse several.
function linked(text) {
  const found = LINK.exec(text)?.[0];
  if(!found) {
    return null;
  }
  const codes = linksIn(text);
  if(codes.length > 0) {
    return codes.length === 1 ? {qr: codes[0]} : null;
  }
  if(!URL.canParse(found)) {
    return null;
  }
  const id = new URL(found).searchParams.get('id') ?? '';
  return PUBLIC_ID.test(id) ? {id: id.toUpperCase(), link: found} : {link: found};
}
