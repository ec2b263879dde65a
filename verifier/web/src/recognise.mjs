// What a file is that cannot be checked here: the code of its kind (`kinds.mjs`), by its outline and its shape.
//
// It is asked last, about what would be refused otherwise. What carries a signature of a kind that is checked here, or
// is a credential of the data model that nobody has signed, is none of these, whatever else is wrong with it: so that a
// credential that was tampered with is called invalid and not foreign.
import {MAX_CREDENTIAL_BYTES, MAX_PROOFS} from './limits.mjs';
import {PRESENTATION_TYPE, TYPE, typeOf} from './format/jose.mjs';
import {asList, isObject, objectOf} from './format/types.mjs';
import {binary, outline, prose} from './outlines.mjs';
import {isPresentation, modelOf} from './model.mjs';
import {FormatError} from './format/errors.mjs';
import {SIGNS} from './kinds.mjs';
import {decodeBase64url} from './format/multibase.mjs';
import {latin1} from './format/text.mjs';
import {loads} from './format/strictjson.mjs';
import {ownFile} from './ownfiles.mjs';
import {suiteOf} from './format/proof.mjs';

// Kinds that are no credentials: beside a page they are no reason to name the whole after them.
const BESIDE = [
  'kind.archive', 'kind.jwt', 'kind.link', 'kind.mail', 'kind.photo', 'kind.signed-document', 'kind.signed-pdf',
  'kind.wallet-link', 'kind.wallet-pass'
];
const BOM = [0xef, 0xbb, 0xbf];
const SPACE = [0x20, 0x09, 0x0d, 0x0a];
const BLANKS = /^[ \t]+|(?<![ \t])[ \t]+$/g;
const WORDS = /[^ \t\r\n]+/g;
const MOST_WORDS = 1000;
const DISCLOSED = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*\.[A-Za-z0-9_-]*~[A-Za-z0-9_.~-]*$/;
const PARTS = /^[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]*){2}(?:\.[A-Za-z0-9_-]*\.[A-Za-z0-9_-]*)?$/;
const SD_JWT = ['dc+sd-jwt', 'vc+sd-jwt', 'example+sd-jwt'];
const ALGORITHM = /^(?:(?:RS|PS|ES|ESP)(?:256|384|512)|ES256K|Ed448)$/;
const EUROPASS = ['data.europa.eu/snb', 'europass'];
const LEVELS = 4;
const SUITES = [
  ['kind.blockcerts', /^(?:MerkleProof20[0-9]{2}|merkle-proof-20[0-9]{2})$/],
  ['kind.bbs', /^(?:bbs-20[0-9]{2}|BbsBls[A-Za-z]*20[0-9]{2})$/],
  ['kind.ecdsa', /^ecdsa-(?:rdfc|jcs|sd)-20[0-9]{2}$/],
  ['kind.anoncreds', /^(?:anoncreds[a-z]*-20[0-9]{2}|CLSignature20[0-9]{2})$/],
  ['kind.older-signature', /^(?!Ed25519Signature2020)[A-Za-z0-9]*Signature20[0-9]{2}$/]
];

// The error that a check throws for a kind.
export const recognised = code => new FormatError(code, SIGNS[code]);

// The code of what these bytes are, null when nothing is known of them.
export function recognise(given) {
  const data = bare(given.subarray(0, MAX_CREDENTIAL_BYTES));
  const text = latin1(data);
  const joined = text.split(/[\r\n]+/).map(line => line.replace(BLANKS, '')).join('');
  const token = outer(joined) ? ofText(joined) : null;
  const other = token ?? outline(text) ?? binary(text);
  return other ?? (given.length <= MAX_CREDENTIAL_BYTES ? ofJson(data, text) : null);
}

// The code of the one kind of credential among several files, null when there is none or more than one.
export function recogniseAmong(files) {
  const found = new Set(files.map(recognise).filter(code => code?.startsWith('kind.') && !BESIDE.includes(code)));
  return found.size === 1 ? [...found][0] : null;
}

// The code of a signed token (JWS), null for one that is checked here or that is merely wrong.
export function recogniseToken(header, payload) {
  const {alg} = header;
  const typ = typeOf(header);
  const ours = typ === TYPE;
  if(alg === 'none' || typeof alg !== 'string') {
    return null;
  }
  if(header.zip === 'DEF' && !ours) {
    return 'kind.health-card';
  }
  if(SD_JWT.includes(typ) || (!ours && ('vct' in payload || '_sd_alg' in payload))) {
    return 'kind.sd-jwt';
  }
  if(ALGORITHM.test(alg) && (ours || isCredential(payload))) {
    return 'kind.jwt-signature';
  }
  if(ours || isCredential(payload) || (typ === PRESENTATION_TYPE && isPresentation(payload))) {
    return null;
  }
  if('vc' in payload || 'vp' in payload || isPresentation(payload)) {
    return 'vc' in payload ? 'kind.jwt-vc' : 'kind.jwt-vp';
  }
  return byShape(payload) ?? (callsItselfCredential(payload) ? null : 'kind.jwt');
}

// The code of a JSON object, null for one that is checked here or that is merely wrong.
export function recogniseDocument(document) {
  const proofs = asList(document.proof);
  if(proofs.some(each => !isObject(each) || suiteOf(each))) {
    return null;
  }
  const own = ownFile(document);
  if(own) {
    return own;
  }
  if(isPresentation(document)) {
    const tokens = asList(document.verifiableCredential).filter(each => typeof each === 'string');
    return tokens.some(isText) ? 'kind.wrapped' : null;
  }
  if(isCredential(document)) {
    return bySuite(proofs);
  }
  const shape = byShape(document);
  if(shape) {
    return shape;
  }
  if(holdsCredential(document)) {
    return 'kind.wrapped';
  }
  const unnamed = proofs.length || !Object.keys(document).length || callsItselfCredential(document);
  return unnamed ? null : 'file.data';
}

// Whether it follows the data model, and is no presentation.
const isCredential = document => modelOf(document) !== null && !isPresentation(document);

const callsItselfCredential = document =>
  asList(document.type).includes('VerifiableCredential') || isPresentation(document) || modelOf(document) !== null;

// By the first proof of a suite that has a name here; too many proofs are refused elsewhere.
function bySuite(proofs) {
  if(proofs.length > MAX_PROOFS || !proofs.every(({type}) => typeof type === 'string')) {
    return null;
  }
  const names = proofs.map(each => 'cryptosuite' in each ? each.cryptosuite : each.type);
  const found = names.filter(name => typeof name === 'string')
    .flatMap(name => SUITES.filter(([, form]) => form.test(name)));
  return found[0]?.[0] ?? null;
}

const byShape = document => SHAPES.find(([, fits]) => fits(document))?.[0] ?? null;

// Whether a context has this in its address.
const under = part => document =>
  asList(document['@context']).some(each => typeof each === 'string' && each.includes(part));

const having = (...names) => document => names.every(name => name in document);

function isHealthCard({verifiableCredential: held}) {
  return Array.isArray(held) && held.some(each => typeof each === 'string' && headerOf(each).zip === 'DEF');
}

function isAnchored({signature}) {
  const kinds = isObject(signature) ? asList(signature.type) : [];
  return kinds.some(each => typeof each === 'string' && each.startsWith('MerkleProof'));
}

const isJws = document =>
  typeof document.payload === 'string' && ('signatures' in document || 'signature' in document);

// What a seal covers stands as base64url, or as it is.
function isSealed(document) {
  if(!isJws(document)) {
    return false;
  }
  const texts = [document.payload, plain(document.payload)];
  return EUROPASS.some(mark => texts.some(text => text.includes(mark)));
}

function isDisclosing(document) {
  const {header, protected: head} = document;
  const typ = typeof head === 'string' ? typeOf(headerOf(head)) : '';
  return isJws(document) && (SD_JWT.includes(typ) || (isObject(header) && 'disclosures' in header));
}

// The first that fits. A file of the issuer's own belongs before the last row.
const SHAPES = [
  ['kind.europass', isSealed],
  ['kind.europass', under('data.europa.eu/snb')],
  ['kind.sd-jwt', isDisclosing],
  ['kind.jws-json', isJws],
  ['kind.jwe', having('ciphertext', 'iv')],
  ['kind.health-card', isHealthCard],
  ['kind.blockcerts', under('blockcerts')],
  ['kind.blockcerts', isAnchored],
  ['kind.blockcerts', having('certificate', 'assertion', 'recipient')],
  ['kind.blockcerts', having('document', 'receipt')],
  ['kind.clr-1', under('/clr/v1p0')],
  ['kind.open-badges-2', under('openbadges/v2')],
  ['kind.open-badges-2', under('/spec/ob/v2p')],
  ['kind.open-badges-1', under('openbadges/v1')],
  ['kind.open-badges-1', having('recipient', 'badge')],
  ['kind.anoncreds', having('schema_id', 'cred_def_id')],
  ['kind.anoncreds', having('requested_proof', 'identifiers')]
];

function ofJson(data, text) {
  let value;
  try {
    value = loads(data);
  } catch(error) {
    return expected(error).code === 'json.syntax' ? disclosedIn(text) ?? prose(text) : null;
  }
  if(isObject(value)) {
    return recogniseDocument(value);
  }
  return holdsCredential(value) ? 'kind.wrapped' : null;
}

// The code of the one token with disclosures among words, as a mail has it, or null.
function disclosedIn(text) {
  const words = (text.match(WORDS) ?? []).slice(0, MOST_WORDS);
  const found = new Set(words.filter(each => each.includes('~') && DISCLOSED.test(each)));
  return found.size === 1 ? ofText([...found][0]) : null;
}

// One rule for what stands around a credential: it is looked for a few levels deep, as object, token or text.
function holdsCredential(value) {
  let level = [value];
  for(let depth = 0; depth <= LEVELS; depth += 1) {
    if(level.some(each => typeof each === 'string' ? isText(each) : isObject(each) && isSecured(each))) {
      return true;
    }
    level = level.flatMap(membersOf);
  }
  return false;
}

const membersOf = value => Array.isArray(value) ? value : isObject(value) ? Object.values(value) : [];

const isSecured = document =>
  modelOf(document) !== null && (isPresentation(document) || 'credentialSubject' in document);

// Whether a text is a token with a credential, or JSON of one that was quoted.
function isText(text) {
  const quoted = /^[ \t\r\n]*\{/.test(text) && text.includes('"VerifiableCredential"');
  return quoted || (outer(text) !== '' && 'alg' in headerOf(text));
}

// The signed token in a text that is one, with or without disclosures; '' for any other.
const outer = text => DISCLOSED.test(text) || PARTS.test(text) ? text.split('~', 1)[0] : '';

function ofText(text) {
  const parts = outer(text).split('.');
  const header = headerOf(text);
  if(parts.length === 5) {
    return 'enc' in header ? 'kind.jwe' : null;
  }
  if(text.includes('~')) {
    return 'alg' in header && typeOf(header) !== TYPE ? 'kind.sd-jwt' : null;
  }
  const payload = objectIn(parts[1]);
  return payload !== null || isSure(header) ? recogniseToken(header, payload ?? objectOf()) : null;
}

// Whether the header alone tells the kind, so that nobody needs to read what it heads.
const isSure = header => header.zip === 'DEF' || SD_JWT.includes(typeOf(header));

const headerOf = token => objectIn(token.split('.', 1)[0]) ?? objectOf();

// The JSON object behind base64url, null when there is none.
function objectIn(part) {
  try {
    const value = loads(decodeBase64url(part));
    return isObject(value) ? value : null;
  } catch(error) {
    expected(error);
    return null;
  }
}

// What stands behind base64url, as Latin-1; '' when it is not that.
function plain(text) {
  try {
    return latin1(decodeBase64url(text));
  } catch(error) {
    expected(error);
    return '';
  }
}

// The error itself, when it is about the input; any other is a fault of ours.
function expected(error) {
  if(error instanceof FormatError) {
    return error;
  }
  throw error;
}

// The bytes without a byte order mark before them, and without blanks around them.
function bare(data) {
  let begin = BOM.every((byte, place) => data[place] === byte) ? BOM.length : 0;
  let end = data.length;
  while(begin < end && SPACE.includes(data[begin])) {
    begin += 1;
  }
  while(end > begin && SPACE.includes(data[end - 1])) {
    end -= 1;
  }
  return data.subarray(begin, end);
}
