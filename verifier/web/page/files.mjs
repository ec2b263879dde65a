// A chosen file: its bytes for the verifier, which knows by the content what carries a credential; the codes in a
// picture; or why it is neither.
import {FormatError, MAX_CARRIER_BYTES, unpacked} from './verifier.mjs';

const ZIP = [0x50, 0x4b, 0x03, 0x04];
const PICTURE = /^image\//u;
const DRAWING = 'image/svg+xml';
const MAX_PICTURE_BYTES = 30_000_000; // what a telephone's camera makes, and some more
const MAX_PICTURE_SIDE = 12_000; // pixels

// {data}; {texts} of the codes in a picture; or {refused}, the end of the key of a sentence.
//
// One byte more than it may have is enough for the verifier to say that a file is too large.
export async function opened(file) {
  const data = new Uint8Array(await file.slice(0, MAX_CARRIER_BYTES + 1).arrayBuffer());
  if(await isArchive(data)) {
    return {refused: 'zip'};
  }
  return PICTURE.test(file.type) && await carriesNone(data) ? pictured(file) : {data};
}

// Others begin like one: a document, a pass for a telephone. The verifier calls them by their names.
async function isArchive(data) {
  if(!ZIP.every((byte, place) => data[place] === byte)) {
    return false;
  }
  const {recognise} = await import('../src/recognise.mjs');
  return recognise(data) === 'kind.archive';
}

// A badge is a picture too, and has the credential inside.
async function carriesNone(data) {
  try {
    return await unpacked(data) === data;
  } catch(error) {
    return error instanceof FormatError && ['carrier.none', 'png.form', 'json.size'].includes(error.code);
  }
}

async function pictured(file) {
  if(file.size > MAX_PICTURE_BYTES) {
    return {refused: 'picture.size'};
  }
  try {
    const [picture, {codesIn}] = await Promise.all([bitmapOf(file), import('#codes')]);
    if(Math.max(picture.width, picture.height) > MAX_PICTURE_SIDE) {
      picture.close();
      return {refused: 'picture.size'};
    }
    const texts = await codesIn(picture);
    return texts.length ? {texts} : {refused: 'picture.none'};
  } catch{
    return {refused: 'picture.form'};
  }
}

async function bitmapOf(file) {
  return file.type === DRAWING ? (await import('./scan/drawing.mjs')).bitmapOf(file) : createImageBitmap(file);
}
