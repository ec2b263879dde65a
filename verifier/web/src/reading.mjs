// Bytes to a document, by their content: JSON, a compact JWS, a QR text, or an image, a PDF or a mail that has one.
import * as jose from './format/jose.mjs';
import * as qrtext from './format/qrtext.mjs';
import {asList, isObject, objectOf, without} from './format/types.mjs';
import {FormatError} from './format/errors.mjs';
import {MAX_CARRIER_BYTES} from './limits.mjs';
import {latin1} from './format/text.mjs';
import {loadObject, withoutMark} from './format/strictjson.mjs';
import {suiteOf} from './format/proof.mjs';

const ENVELOPE = 'data:application/vc+jwt,';
const ENVELOPE_MEMBERS = ['@context', 'id', 'type'];
// What begins as an object stands alone, or is no object; all else may have something around it, which is loaded for it.
const OBJECT = /^(?:\xef\xbb\xbf)?[ \t\r\n]*\{/;
const BEGINNING = 64;
const wrapping = () => import('./format/wrapping.mjs');
// Readers of images and PDFs are loaded when a file may be one, so that the page is there sooner for all others: what
// begins as JSON, a token or a link cannot.
const NO_CARRIER = /^(?:\xef\xbb\xbf)?[\t\n\r ]*(?:[{["]|(?:eyJ|https:)(?![^]*%PDF-))/;
const CARRIERS = [
  () => import('./format/bakedpng.mjs'), () => import('./format/bakedsvg.mjs'), () => import('./format/pdfattached.mjs'),
  () => import('./format/otherpictures.mjs')
];
const BEGIN_BYTES = 2_048;

// {document, jws, around} of bytes: `jws` is what carried the document, or null; `around`: whether other text was passed
// over. `dictionaries` are those of QR texts, by address.
//
// Throws FormatError with a code of the check `readable`; that of a kind (`kinds.mjs`) for what is not checked here.
export async function read(source, dictionaries = objectOf()) {
  if(Object.values(dictionaries).some(each => latin1(each) === latin1(source))) {
    const {recognised} = await import('./recognise.mjs');
    throw recognised('kind.qr-dictionary');
  }
  let data = source;
  let read;
  try {
    data = await bare(await unpacked(source));
    read = await found(data, dictionaries);
  } catch(error) {
    throw error instanceof FormatError ? await named(error, data) : error;
  }
  return checkable(read);
}

// The same; throws FormatError for a document of a kind that is not checked here.
export async function checkable(read) {
  const {document, jws} = read;
  if(jws === null ? isSigned(document) : jws.header.typ === jose.TYPE && jose.ALGORITHMS.includes(jws.header.alg)) {
    return read; // by far the most: nothing is loaded to recognise them
  }
  const {recogniseDocument, recogniseToken, recognised} = await import('./recognise.mjs');
  const code = jws === null ? recogniseDocument(document) : recogniseToken(jws.header, jws.payload);
  if(code !== null) {
    throw recognised(code);
  }
  return read;
}

const isSigned = ({proof}) => asList(proof).some(each => isObject(each) && suiteOf(each));

async function named(error, data) {
  const {recognise, recognised} = await import('./recognise.mjs');
  const code = recognise(data);
  return code === null ? error : recognised(code);
}

// What the bytes are, or else what stands alone between other text in them.
async function found(data, dictionaries) {
  try {
    return {...parsed(data, dictionaries), around: false};
  } catch(error) {
    const {UNREADABLE, inside} = await wrapping();
    const alone = UNREADABLE.includes(error.code) ? inside(data) : null;
    if(alone === null) {
      throw error;
    }
    return {...parsed(alone, dictionaries), around: true};
  }
}

async function bare(data) {
  return OBJECT.test(latin1(data.subarray(0, BEGINNING))) ? withoutMark(data) : (await wrapping()).bare(data);
}

function parsed(data, dictionaries) {
  if(qrtext.looksLike(data)) {
    return {document: loadObject(qrtext.decode(data, dictionaries)), jws: null};
  }
  if(!jose.looksLike(data)) {
    return {document: loadObject(data), jws: null};
  }
  const jws = jose.parse(data);
  return {document: without(jws.payload, ...jose.CLAIMS), jws};
}

// The one credential that an image or a PDF carries; everything else as it is.
//
// Throws FormatError with a code of the form, or `carrier.…` when there is not exactly one. What one file carries twice,
// byte for byte, is one.
export async function unpacked(data) {
  const isCarrier = !NO_CARRIER.test(latin1(data.subarray(0, BEGIN_BYTES)));
  const carriers = isCarrier ? await Promise.all(CARRIERS.map(load => load())) : [];
  const carrier = carriers.find(each => each.looksLike(data));
  if(!carrier) {
    return data;
  }
  if(data.length > MAX_CARRIER_BYTES) {
    throw new FormatError('json.size', 'The file is too large.');
  }
  const found = new Map((await carrier.contents(data)).map(each => [latin1(each), each]));
  if(found.size === 0) {
    throw new FormatError('carrier.none', 'The file carries no credential.');
  }
  if(found.size > 1) {
    throw new FormatError('carrier.several', `The file carries ${found.size} credentials.`);
  }
  return [...found.values()][0];
}

// The JWT in an EnvelopedVerifiableCredential of a presentation, null for any other credential.
//
// VCDM 2.0 section 4.13.1. Empty bytes, which no reader takes, for an envelope that holds something else, or says
// something: nobody has signed that, and it would stand beside what an issuer says.
export function opened(contained) {
  const {type, id} = contained;
  if(!asList(type).includes('EnvelopedVerifiableCredential')) {
    return null;
  }
  const bare = Object.keys(contained).every(name => ENVELOPE_MEMBERS.includes(name)) && asList(type).length === 1;
  const held = bare && typeof id === 'string' && id.startsWith(ENVELOPE);
  return new TextEncoder().encode(held ? id.slice(ENVELOPE.length) : '');
}
