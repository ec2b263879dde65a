// A compact credential from the text of one QR code: `https://HOST/v#` and decimal digits (docs/qr-format.md).
//
// The text is transport. Who issued what it carries, the signature inside says; HOST only opens a page, and names the
// dictionary where it is an operator's own.
import * as digits from './digits.mjs';
import {JCS, suiteOf} from './proof.mjs';
import {MAX_QR_CHARACTERS, MAX_QR_DICTIONARIES, MAX_QR_INFLATED_BYTES} from '../limits.mjs';
import {asList, isObject, objectOf} from './types.mjs';
import {FormatError} from './errors.mjs';
import {canonicalize} from './jcs.mjs';
import {inflate} from './inflate.mjs';
import {loadObject} from './strictjson.mjs';

// JCS bytes, raw DEFLATE with a preset dictionary, 7 bytes as 17 digits.
export const CODEC = '1';
// Dictionaries below are built in; from here to 999 they are an operator's own.
export const FIRST_OWN = 100;
const HOST = '[a-z0-9][a-z0-9.-]{0,252}(?::[1-9][0-9]{0,4})?';
const BEGINS = /^https:\/\/[^/\t-\r ]{1,300}\/v#/;
const LONGEST_BEGINNING = 400;
const FORM = new RegExp(`^https://(${HOST})/v#([0-9])([0-9]{3})([0-9]*)$`);
const ADDRESS = new RegExp(`^https://${HOST}/qr/[1-9][0-9]{2}\\.bin$`);

// Where an operator serves its dictionary, which is also what a trust file calls it.
const address = (host, number) => `https://${host}/qr/${number}.bin`;

// Whether `text` is such an address.
export function isAddress(text) {
  return ADDRESS.test(text);
}

// A dictionary that every reader has, frozen for ever; undefined where there is none. They are loaded when a code names
// one, so that the page is there sooner for all others.
export async function builtIn(number) {
  const {BUILT_IN} = await import('./dictionaries.mjs');
  const text = BUILT_IN[Number(number)];
  return text && Uint8Array.from(text, each => each.charCodeAt(0));
}

// Whether the bytes begin like such a text, and so cannot be JSON.
export function looksLike(data) {
  return BEGINS.test(written(stripped(data).subarray(0, LONGEST_BEGINNING)));
}

// The JCS bytes of the credential in a text; `dictionaries` are operators' own, by address.
//
// Throws FormatError with a `qr.…` code; inflates at most MAX_QR_INFLATED_BYTES, whatever the text claims.
export async function decode(data, dictionaries = objectOf()) {
  const text = stripped(data);
  if(text.length > MAX_QR_CHARACTERS) {
    throw new FormatError('qr.size', `The text has more than ${MAX_QR_CHARACTERS} characters.`);
  }
  const match = FORM.exec(written(text));
  if(match === null) {
    throw new FormatError('qr.form', 'It begins like the text of a QR code, and is not one to its end.');
  }
  const [, host, codec, number, payload] = match;
  if(codec !== CODEC) {
    throw new FormatError('qr.codec', `It is written in way ${codec}; way ${CODEC} is known here.`);
  }
  const packed = digits.decode(payload);
  return first(packed, await dictionariesFor(host, number, dictionaries), address(host, number));
}

// The bytes without ASCII white space around them.
function stripped(data) {
  const isSpace = byte => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
  let [start, end] = [0, data.length];
  while(start < end && isSpace(data[start])) {
    start++;
  }
  while(end > start && isSpace(data[end - 1])) {
    end--;
  }
  return data.subarray(start, end);
}

const written = data => new TextDecoder('latin1').decode(data);

// {found, certain}: the one that the text means, or those to try in turn. A host that is not known may be a mere
// mirror: then any of that number may fit.
async function dictionariesFor(host, number, given) {
  const isOwn = Number(number) >= FIRST_OWN;
  const exact = isOwn ? given[address(host, number)] : await builtIn(number);
  if(exact) {
    return {found: [exact], certain: true};
  }
  const same = Object.keys(given).filter(name => isOwn && name.endsWith(`/qr/${number}.bin`));
  return {found: same.slice(0, MAX_QR_DICTIONARIES).map(name => given[name]), certain: false};
}

function first(packed, {found, certain}, wanted) {
  for(const dictionary of found) {
    try {
      return content(packed, dictionary);
    } catch(error) {
      if(certain || !(error instanceof FormatError)) {
        throw error;
      }
    }
  }
  throw new FormatError('qr.dictionary', `The dictionary ${wanted} is not at hand.`);
}

function content(packed, dictionary) {
  const bytes = inflated(packed, dictionary);
  const canonical = asContent(() => canonicalForm(loadObject(bytes)));
  if(canonical.length !== bytes.length || canonical.some((byte, place) => byte !== bytes[place])) {
    throw new FormatError('qr.content', 'The credential is not in its canonical form (RFC 8785).');
  }
  return bytes;
}

function inflated(packed, dictionary) {
  const {content: bytes, ended, unused} = inflate(packed, dictionary, MAX_QR_INFLATED_BYTES + 1);
  if(bytes.length > MAX_QR_INFLATED_BYTES) {
    throw new FormatError('qr.size', `It inflates to more than ${MAX_QR_INFLATED_BYTES} bytes.`);
  }
  if(!ended || unused) {
    throw new FormatError('qr.deflate', 'The DEFLATE stream is cut short, or has bytes behind its end.');
  }
  return bytes;
}

function asContent(work) {
  try {
    return work();
  } catch(error) {
    throw error instanceof FormatError ? new FormatError('qr.content', error.detail) : error;
  }
}

function canonicalForm(document) {
  const proofs = asList(document.proof);
  if(proofs.length !== 1 || !isObject(proofs[0]) || suiteOf(proofs[0]) !== JCS) {
    throw new FormatError('qr.content', 'It is not signed with one eddsa-jcs-2022 proof.');
  }
  return canonicalize(document);
}
