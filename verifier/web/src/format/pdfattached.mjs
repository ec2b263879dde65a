// PDF files that carry a credential as an attached file (ISO 32000-1 sections 7.5.7, 7.11.4 and 14.13).
//
// The file is read from its begin to its end, object by object, and not by its tables: a table may be missing or tell
// another story, and an attached file is a stream, which always stands by itself. What a page shows is not compared.
import * as jose from './jose.mjs';
import {MAX_CREDENTIAL_BYTES, MAX_PDF_ATTACHMENTS} from '../limits.mjs';
import {damaged, dictionary} from './pdftokens.mjs';
import {FormatError} from './errors.mjs';
import {inflate} from './inflate.mjs';
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
export function contents(data) {
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
    const file = fileOf(entries, data.subarray(start, end));
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

function fileOf(entries, body) {
  const kind = entries.get('/Filter') ?? '';
  if(![...PLAIN, ...DEFLATED].includes(kind) || !PLAIN.includes(entries.get('/DecodeParms') ?? '')) {
    throw form('A file attached to the PDF is stored in a way that is not read here.');
  }
  return PLAIN.includes(kind) ? body : inflated(body);
}

// A zlib stream (RFC 1950): its header, what it holds, and the checksum of that at the very end of it.
function inflated(body) {
  const damage = () => form('A file attached to the PDF is damaged.');
  const [method, flags] = body;
  const named = body.length > 1 && (method * 256 + flags) % 31 === 0;
  if(!named || (method & 15) !== 8 || method >> 4 > 7 || flags & 32) {
    throw damage();
  }
  const {content, ended, unused} = stream(body.subarray(2), damage);
  if(content.length > MAX_CREDENTIAL_BYTES) {
    throw new FormatError('carrier.size', 'A file attached to the PDF is too large.');
  }
  const end = new DataView(body.buffer, body.byteOffset + body.length - unused);
  if(!ended || unused !== 4 || end.getUint32(0) !== checksum(content)) {
    throw damage();
  }
  return content;
}

function stream(data, damage) {
  try {
    return inflate(data, new Uint8Array(0), MAX_CREDENTIAL_BYTES + 1);
  } catch{
    throw damage();
  }
}

// Adler-32.
function checksum(content) {
  let [low, high] = [1, 0];
  for(const byte of content) {
    low = (low + byte) % LARGEST_PRIME;
    high = (high + low) % LARGEST_PRIME;
  }
  return high * 65_536 + low;
}

const form = detail => new FormatError('pdf.form', detail);
