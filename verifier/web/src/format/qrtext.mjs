// A compact credential from the text of one QR code: `https://HOST/v#` and decimal digits (docs/qr-format.md).
//
// The text is transport. Who issued what it carries, the signature inside says; HOST only opens a page, and names the
// dictionary where it is an operator's own.
import * as digits from './digits.mjs';
import {HOST, stripped, written} from './qrlink.mjs';
import {JCS, suiteOf} from './proof.mjs';
import {MAX_QR_CHARACTERS, MAX_QR_DICTIONARIES, MAX_QR_INFLATED_BYTES} from '../limits.mjs';
import {asList, isObject, objectOf} from './types.mjs';
import {BUILT_IN} from './dictionaries.mjs';
import {FormatError} from './errors.mjs';
import {canonicalize} from './jcs.mjs';
import {inflate} from './inflate.mjs';
import {loadObject} from './strictjson.mjs';

// JCS bytes, raw DEFLATE with a preset dictionary, 7 bytes as 17 digits.
export const CODEC = '1';
// Dictionaries below are built in; from here to 999 they are an operator's own.
export const FIRST_OWN = 100;
const FORM = new RegExp(`^https://(${HOST})/v#([0-9])([0-9]{3})([0-9]*)$`);

// Where an operator serves its dictionary, which is also what a trust file calls it.
const address = (host, number) => `https://${host}/qr/${number}.bin`;

// A dictionary that every reader has, frozen for ever; undefined where there is none.
export function builtIn(number) {
  const text = BUILT_IN[Number(number)];
  return text && Uint8Array.from(text, each => each.charCodeAt(0));
}

// The JCS bytes of the credential in a text; `dictionaries` are operators' own, by address.
//
// Throws FormatError with a `qr.…` code; inflates at most MAX_QR_INFLATED_BYTES, whatever the text claims.
export function decode(data, dictionaries = objectOf()) {
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
  return first(packed, dictionariesFor(host, number, dictionaries), address(host, number));
}

// {found, certain}: the one that the text means, or those to try in turn. A host that is not known may be a mere
// mirror: then any of that number may fit.
function dictionariesFor(host, number, given) {
  const isOwn = Number(number) >= FIRST_OWN;
  const exact = isOwn ? given[address(host, number)] : builtIn(number);
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
