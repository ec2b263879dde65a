// PDF files that carry a credential as an attached file (ISO 32000-1 sections 7.5.7, 7.11.4 and 14.13).
//
// The file is read from its begin to its end, object by object, and not by its tables: a table may be missing or tell
// another story, and an attached file is a stream, which always stands by itself. What a page shows is not compared.
import * as jose from './jose.mjs';
import {MAX_CREDENTIAL_BYTES, MAX_PDF_ATTACHMENTS} from '../limits.mjs';
import {damaged, dictionary} from './pdftokens.mjs';
import {FormatError} from './errors.mjs';
import {latin1} from './text.mjs';

const BEGINS = '%PDF-';
const STREAM = /[\0\t\n\f\r ]{0,4}stream(?:\r\n|[\r\n])/y;
const ENDS = 'endstream';
const AT_END = /[\0\t\n\f\r ]{0,4}endstream/y;
const LINE_END = /(?:\r\n|\r|\n)$/;
const OBJECT_LIKE = /^[\t\n\r ]*\{/;
const DIGITS = /^[0-9]{1,10}$/;
const PLAIN = ['', 'null', '[ ]'];
const DEFLATED = ['/FlateDecode', '[ /FlateDecode ]'];
const LARGEST_PRIME = 65_521;

// Whether the bytes begin as a PDF does.
export function looksLike(data) {
  return latin1(data.subarray(0, BEGINS.length)) === BEGINS;
}

// Every attached file that is a JSON object or a signed token by its outline, as bytes.
//
// Throws FormatError `pdf.form`, or `carrier.size` for one that inflates to more than MAX_CREDENTIAL_BYTES.
export async function contents(data) {
  const text = latin1(data);
  if(text.includes('/Encrypt')) {
    throw form('The PDF is encrypted.');
  }
  const attached = [...attachedTo(text)];
  if(attached.length > MAX_PDF_ATTACHMENTS) {
    throw form(`The PDF has more than ${MAX_PDF_ATTACHMENTS} attached files.`);
  }
  const found = [];
  for(const {entries, start, end} of attached) {
    const file = await fileOf(entries, data.subarray(start, end));
    if(OBJECT_LIKE.test(latin1(file)) || jose.looksLike(file)) {
      found.push(file);
    }
  }
  return found;
}

// Dictionary and place of every stream that says that it is an attached file, as all writers do.
function* attachedTo(text) {
  const objects = /[0-9][\0\t\n\f\r ]{1,4}obj[\0\t\n\f\r ]{0,4}<</g;
  while(objects.test(text)) {
    const {entries, end: place} = dictionary(text, objects.lastIndex);
    objects.lastIndex = place;
    STREAM.lastIndex = place;
    if(STREAM.test(text)) {
      const start = STREAM.lastIndex;
      const {end, next} = endOf(text, start, entries.get('/Length') ?? '');
      objects.lastIndex = next;
      if(entries.get('/Type') === '/EmbeddedFile') {
        yield {entries, start, end};
      }
    }
  }
}

// Where a stream ends, and what is behind it begins; its length may be wrong, or stand elsewhere.
function endOf(text, start, length) {
  if(DIGITS.test(length)) {
    const end = start + Number(length);
    AT_END.lastIndex = end;
    if(AT_END.test(text)) {
      return {end, next: end};
    }
  }
  const next = text.indexOf(ENDS, start);
  if(next < 0) {
    throw damaged();
  }
  return {end: next - (LINE_END.exec(text.slice(Math.max(start, next - 2), next))?.[0].length ?? 0), next};
}

async function fileOf(entries, body) {
  const kind = entries.get('/Filter') ?? '';
  if(![...PLAIN, ...DEFLATED].includes(kind) || !PLAIN.includes(entries.get('/DecodeParms') ?? '')) {
    throw form('A file attached to the PDF is stored in a way that is not read here.');
  }
  return PLAIN.includes(kind) ? body : inflated(body);
}

async function inflated(body) {
  const reader = new Blob([body]).stream().pipeThrough(new DecompressionStream('deflate')).getReader();
  const parts = [];
  let length = 0;
  for(;;) {
    const {done, value} = await reader.read().catch(() => {
      throw form('A file attached to the PDF is damaged.');
    });
    if(done) {
      break;
    }
    parts.push(value);
    length += value.length;
    if(length > MAX_CREDENTIAL_BYTES) {
      await reader.cancel();
      throw new FormatError('carrier.size', 'A file attached to the PDF is too large.');
    }
  }
  return whole(new Uint8Array(await new Blob(parts).arrayBuffer()), body);
}

// The content, if the checksum at the very end of its stream is right: some engines pass over bytes behind the end.
function whole(content, {buffer, byteOffset, length}) {
  let [low, high] = [1, 0];
  for(const byte of content) {
    low = (low + byte) % LARGEST_PRIME;
    high = (high + low) % LARGEST_PRIME;
  }
  if(length < 4 || new DataView(buffer, byteOffset).getUint32(length - 4) !== high * 65_536 + low) {
    throw form('A file attached to the PDF is damaged.');
  }
  return content;
}

const form = detail => new FormatError('pdf.form', detail);
