// Bytes to a document, by their content: JSON, a compact JWS, a QR text, or an image, a PDF or a mail that has one.
import * as jose from './format/jose.mjs';
import * as qrlink from './format/qrlink.mjs';
import {asList, isObject, objectOf, without} from './format/types.mjs';
import {FormatError} from './format/errors.mjs';
import {MAX_CARRIER_BYTES} from './limits.mjs';
import {VCDM2} from './format/contexts.mjs';
import {cut} from './format/spelling.mjs';
import {latin1} from './format/text.mjs';
import {loadObject, withoutMark} from './format/strictjson.mjs';
import {isPresentation} from './model.mjs';
import {suiteOf} from './format/proof.mjs';

const CREDENTIAL = 'EnvelopedVerifiableCredential';
const ENVELOPES = new Map([
  [CREDENTIAL, `data:application/${jose.TYPE},`],
  ['EnvelopedVerifiablePresentation', `data:application/${jose.PRESENTATION_TYPE},`],
]);
// Codes of what is of a kind that is checked here, and wrong.
const OF_OURS = ['envelope.form', 'envelope.kind', 'json.duplicate-name'];
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

// {document, jws, around} of bytes, or of a document that was read already: `jws` is what carried it, or null; `around`:
// whether other text was passed over. `dictionaries` are those of QR texts, by address.
//
// Throws FormatError with a code of the check `readable`; that of a kind (`kinds.mjs`) for what is not checked here.
export async function read(source, dictionaries = objectOf()) {
  if(!(source instanceof Uint8Array)) {
    return checkable(opened(source));
  }
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
async function checkable(read) {
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
  if(OF_OURS.includes(error.code)) {
    return error;
  }
  const {recognise, recogniseAmong, recognised} = await import('./recognise.mjs');
  const code = recogniseAmong(error.code === 'carrier.none' ? await attachedTo(data) : []) ?? recognise(data);
  return code === null ? error : recognised(code);
}

// The files that a PDF has attached, none for anything else.
async function attachedTo(data) {
  const pdf = await import('./format/pdfattached.mjs');
  return pdf.looksLike(data) ? pdf.attachments(data) : [];
}

// What the bytes are, or else what stands alone between other text in them.
async function found(data, dictionaries) {
  try {
    return {...await parsed(data, dictionaries), around: false};
  } catch(error) {
    const {UNREADABLE, inside} = await wrapping();
    const alone = UNREADABLE.includes(error.code) ? inside(data) : null;
    if(alone === null) {
      throw error;
    }
    return {...await parsed(alone, dictionaries), around: true};
  }
}

async function bare(data) {
  return OBJECT.test(latin1(data.subarray(0, BEGINNING))) ? withoutMark(data) : (await wrapping()).bare(data);
}

async function parsed(data, dictionaries) {
  if(qrlink.looksLike(data)) {
    const {decode} = await import('./format/qrtext.mjs');
    return {document: loadObject(decode(data, dictionaries)), jws: null};
  }
  return jose.looksLike(data) ? token(data) : opened(loadObject(data));
}

function token(data) {
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

// {document, jws} of a document, or of what the token in its envelope holds (VCDM 2.0 sections 4.13.1 and 4.13.2).
//
// An envelope says nothing itself: nobody has signed it. Throws FormatError `envelope.form`, `envelope.kind` for one that
// holds another kind of token, or a code of the token.
export function opened(document) {
  const types = asList(document.type);
  const kind = [...ENVELOPES.keys()].find(each => types.includes(each));
  if(!kind) {
    return {document, jws: null};
  }
  const held = token(enveloped(document, kind));
  if(kind !== CREDENTIAL && !isPresentation(held.document)) {
    throw new FormatError('envelope.form', 'The envelope of a presentation holds none.');
  }
  return held;
}

function enveloped(envelope, kind) {
  const {type, id, '@context': context} = envelope;
  const bare = Object.keys(envelope).sort().join(' ') === '@context id type' && asList(type).length === 1;
  if(!bare || typeof id !== 'string' || !id.startsWith('data:') || !asList(context).includes(VCDM2)) {
    throw new FormatError('envelope.form', 'An envelope has @context, one type, and a data: URL as id; nothing else.');
  }
  const [head] = id.split(',');
  if(`${head},` !== ENVELOPES.get(kind)) {
    throw new FormatError('envelope.kind', `The envelope holds ${cut(head, 80)}.`);
  }
  const data = new TextEncoder().encode(id.slice(head.length + 1));
  if(!jose.looksLike(data)) {
    throw new FormatError('jwt.form', 'The envelope holds no compact token.');
  }
  return data;
}
