// PDF files that carry a credential as an attached file (ISO 32000-1 sections 7.5.6, 7.5.7, 7.11.4 and 14.13).
//
// The file is read from its begin to its end, stream by stream, and not by its tables: a table may be missing or tell
// another story, and an attached file is a stream, which always stands by itself. What a page shows is not compared.
import * as jose from './jose.mjs';
import {
  MAX_CREDENTIAL_BYTES, MAX_PDF_ATTACHMENTS, MAX_PDF_DICTIONARY_BYTES, MAX_PDF_PLACE, MAX_PDF_STREAMS
} from '../limits.mjs';
import {damaged, dictionary} from './pdftokens.mjs';
import {FormatError} from './errors.mjs';
import {asList} from './types.mjs';
import {inflate} from './inflate.mjs';
import {latin1, nearlyLatin1} from './text.mjs';
import {loadObject} from './strictjson.mjs';

const BEGINS = '%PDF-';
const NO_PDF = /^(?:\xef\xbb\xbf)?[\t\n\r ]*[{["]/;
const OBJECT = /([0-9]{1,10})[\0\t\n\f\r ]{1,4}[0-9]{1,5}[\0\t\n\f\r ]{1,4}obj[\0\t\n\f\r ]{0,4}<</;
const OBJECT_ENDS = 'endobj';
const LENGTH = /\/Length[\0\t\n\f\r ]{1,4}([0-9]{1,10})/;
const ENDS = 'endstream';
const AT_END = /[\0\t\n\f\r ]{0,4}endstream/y;
const LINE_END = /(?:\r\n|\r|\n)$/;
const ATTACHED = '/EmbeddedFile';
const ENCRYPTED = '/Encrypt';
const OBJECT_LIKE = /^(?:\xef\xbb\xbf)?[\t\n\r ]*\{/;
const PLAIN = ['', 'null', '[ ]'];
const DEFLATED = ['/FlateDecode', '[ /FlateDecode ]'];
const USUAL = [...PLAIN, '[ null ]', '<< >>', '<< /Predictor 1 >>'];
const LARGEST_PRIME = 65_521;

// Whether the bytes begin as a PDF does, also behind what a mail program or a server has put before it.
export function looksLike(data) {
  const begin = latin1(data.subarray(0, MAX_PDF_PLACE + BEGINS.length));
  return begin.includes(BEGINS) && !NO_PDF.test(begin);
}

// Every attached file that is a credential by its outline, as bytes; what cannot be read only counts where there is none.
//
// Throws FormatError `pdf.form`, `carrier.unread` for what is stored in a way that is not read, or `carrier.size` for a
// JSON text that inflates to more than MAX_CREDENTIAL_BYTES.
export function contents(data) {
  const text = nearlyLatin1(data);
  const attached = text.includes(ATTACHED) ? new Map(attachedTo(text)) : new Map();
  const {found, problems} = sortedOut([...attached.values()], data);
  if(!found.length && text.includes(ENCRYPTED)) {
    throw unread('The PDF is encrypted.');
  }
  if(!found.length && problems.length) {
    throw problems[0];
  }
  return found;
}

// Every attached file, whatever it is, as bytes. Throws FormatError as `contents` does.
export function attachments(data) {
  const text = nearlyLatin1(data);
  const attached = text.includes(ATTACHED) ? new Map(attachedTo(text)) : new Map();
  return [...attached.values()].map(({entries, start, end}) => fileOf(entries, data.subarray(start, end)));
}

// The credentials; where there is none, JSON texts that are damaged, of which the reader will say how.
function sortedOut(attached, data) {
  const [credentials, broken, problems] = [[], [], []];
  for(const {entries, start, end} of attached) {
    try {
      const content = fileOf(entries, data.subarray(start, end));
      if(jose.looksLike(content)) {
        credentials.push(content);
      } else if(isObjectLike(content)) {
        sort(content, credentials, broken);
      }
    } catch(error) {
      if(!(error instanceof FormatError)) {
        throw error;
      }
      problems.push(error);
    }
  }
  return {found: credentials.length ? credentials : broken, problems};
}

// A JSON object that is neither a credential nor a presentation, such as the data of an invoice, is passed over.
function sort(content, credentials, broken) {
  let document;
  try {
    document = loadObject(content);
  } catch(error) {
    if(!(error instanceof FormatError)) {
      throw error;
    }
    broken.push(content);
    return;
  }
  const types = asList(document.type);
  if('proof' in document || types.some(each => typeof each === 'string' && each.startsWith('Verifiable'))) {
    credentials.push(content);
  }
}

// Number, dictionary and place of every stream that says that it is an attached file, as all writers do.
//
// Of an object that a later save of the PDF wrote anew (section 7.5.6) the last one counts, as it does in a `Map`.
function* attachedTo(text) {
  let lookedAt = 0;
  for(const {number, header, start, end} of streams(text)) {
    if(header.includes(ATTACHED)) {
      lookedAt += 1;
      if(lookedAt > MAX_PDF_ATTACHMENTS || header.length > MAX_PDF_DICTIONARY_BYTES) {
        throw form(`The PDF has more than ${MAX_PDF_ATTACHMENTS} attached files, or describes one at length.`);
      }
      const entries = dictionary(header);
      if(entries.get('/Type') === ATTACHED) {
        yield [number, {entries, start, end}];
      }
    }
  }
}

// Number of the object, its dictionary behind the `<<`, and the place of the bytes of every stream.
function* streams(text) {
  const marks = />>[\0\t\n\f\r ]{0,4}stream(?:\r\n|[\r\n])/g;
  for(let count = 0; count < MAX_PDF_STREAMS; count += 1) {
    const before = marks.lastIndex;
    const mark = marks.exec(text);
    if(!mark) {
      return;
    }
    const between = text.slice(before, mark.index);
    const object = between.slice(Math.max(0, between.lastIndexOf(OBJECT_ENDS)));
    const begin = OBJECT.exec(object);
    if(begin) {
      const header = `${object.slice(begin.index + begin[0].length)}>>`;
      const start = marks.lastIndex;
      const {end, next} = endOf(text, start, LENGTH.exec(header)?.[1]);
      marks.lastIndex = next;
      yield {number: begin[1], header, start, end};
    }
  }
  throw unread('The PDF has too many parts.');
}

// Where a stream ends, and what is behind it begins; its length may be wrong, or stand elsewhere.
function endOf(text, start, length) {
  if(length !== undefined) {
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

// What the stream holds; nothing where that is too large and cannot be a credential anyway.
function fileOf(entries, body) {
  const kind = entries.get('/Filter') ?? '';
  if(![...PLAIN, ...DEFLATED].includes(kind) || !USUAL.includes(entries.get('/DecodeParms') ?? '')) {
    throw unread('A file attached to the PDF is stored in a way that is not read here.');
  }
  const content = PLAIN.includes(kind) ? body : inflated(body);
  if(content.length <= MAX_CREDENTIAL_BYTES) {
    return content;
  }
  if(isObjectLike(content)) {
    throw new FormatError('carrier.size', 'A file attached to the PDF is too large.');
  }
  return new Uint8Array(0);
}

const isObjectLike = content => OBJECT_LIKE.test(nearlyLatin1(content));

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
    return content;
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
const unread = detail => new FormatError('carrier.unread', detail);
