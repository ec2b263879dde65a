// PNG images that carry a credential in an iTXt chunk (Open Badges 3.0 section 5.3.1, PNG Third Edition section 5).
import {FormatError} from './errors.mjs';
import {MAX_PNG_CHUNKS} from '../limits.mjs';
import {latin1} from './text.mjs';

const SIGNATURE = '\x89PNG\r\n\x1a\n';
const KEYWORD = 'openbadgecredential\0';
const PLAIN = '\0\0';
// Bytes around the data of a chunk: its length, its type, its checksum.
const FRAME = 12;
const POLYNOMIAL = 0xedb88320;
const TABLE = Uint32Array.from({length: 256}, (_, byte) => {
  let rest = byte;
  for(let bit = 0; bit < 8; bit += 1) {
    rest = rest & 1 ? POLYNOMIAL ^ rest >>> 1 : rest >>> 1;
  }
  return rest;
});

// Whether the bytes begin as every PNG does.
export function looksLike(data) {
  return latin1(data.subarray(0, SIGNATURE.length)) === SIGNATURE;
}

// What stands in each chunk for a credential, as bytes; throws FormatError `png.form`.
export function contents(data) {
  const found = [];
  for(const {kind, body} of chunks(data)) {
    if(kind === 'iTXt' && latin1(body.subarray(0, KEYWORD.length)) === KEYWORD) {
      found.push(text(body));
    }
  }
  return found;
}

// Type and data of every chunk, up to the end of the image. What stands behind it, no reader of images looks at.
function chunks(data) {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const found = [];
  let place = SIGNATURE.length;
  let kind = '';
  while(found.length < MAX_PNG_CHUNKS && kind !== 'IEND') {
    const end = place + FRAME + (place + 4 <= data.length ? view.getUint32(place) : 0);
    if(end > data.length) {
      throw form('The image is cut off.');
    }
    if(checksum(data.subarray(place + 4, end - 4)) !== view.getUint32(end - 4)) {
      throw form('A part of the image is damaged: its checksum is wrong.');
    }
    kind = latin1(data.subarray(place + 4, place + 8));
    found.push({kind, body: data.subarray(place + 8, end - 4)});
    place = end;
  }
  if(kind !== 'IEND') {
    throw form('The image has too many parts.');
  }
  return found;
}

// Behind the keyword: not compressed, then a language and a translated keyword, each ended by a zero.
function text(body) {
  const language = KEYWORD.length + PLAIN.length;
  const keyword = body.indexOf(0, language) + 1;
  const begins = keyword && body.indexOf(0, keyword) + 1;
  if(latin1(body.subarray(KEYWORD.length, language)) !== PLAIN || !begins) {
    throw form('The credential in the image is compressed, or not written as it should be.');
  }
  return body.subarray(begins);
}

function checksum(bytes) {
  let rest = 0xffffffff;
  for(const byte of bytes) {
    rest = TABLE[(rest ^ byte) & 0xff] ^ rest >>> 8;
  }
  return (rest ^ 0xffffffff) >>> 0;
}

const form = detail => new FormatError('png.form', detail);
