// The outlines of files that are not JSON: by their first bytes and by words in them, in steps that stay linear.
//
// Texts are bytes read as Latin-1, so that the patterns are the same in both languages; no pattern can try twice.

const PNG = /^\x89PNG\r\n\x1a\n/;
const ZIP = /^PK\x03\x04/;
const PICTURE = new RegExp('^(?:' + [
  '\\xff\\xd8\\xff', 'GIF8[79]a', 'RIFF[\\x00-\\xff]{4}WEBP', 'II\\*\\x00', 'MM\\x00\\*',
  'BM[\\x00-\\xff]{4}\\x00\\x00\\x00\\x00', '[\\x00-\\xff]{4}ftyp(?:hei|hev|mif1|msf1|avi[fs])'
].join('|') + ')');
const PAGE = /^(?:<!--[^>]{0,1000}>[ \t\r\n]{0,100})?<(?:!doctype html|html|head|body)/i;
const HEADER = /^(?:From [^\n]{1,1000}\n|[A-Za-z][A-Za-z0-9-]{0,76}:[ \t][^\n]{0,1000}\n)/;
const WALLET = new RegExp('^(?:' + [
  'openid', 'openid-credential-offer', 'openid-initiate-issuance', 'openid-vc', 'openid4vp', 'openid4vci', 'siopv2',
  'didcomm', 'haip', 'haip-v[cp]i?', 'mdoc-openid4vp', 'eudi-[a-z0-9-]{1,40}', 'web\\+[a-z]{1,40}'
].join('|') + '):', 'i');
const OFFER =
  /^https?:\/\/[^ \t\r\n?]*\?(?:[^ \t\r\n]*&)?(?:credential_offer|credential_offer_uri|request_uri|iuv)=/i;

// A row: what the text begins with, the words that it has to hold, and those that it must not.
const row = (code, begins, holds = [], lacks = []) => ({code, begins, holds, lacks});

const BINARY = [
  row('kind.mdoc', /^[\xa0-\xbf]/, ['issuerAuth', 'nameSpaces']),
  row('kind.mdoc', /^[\xa0-\xbf]/, ['documents', 'docType']),
  row('kind.cose', /^(?:\xd8\x3d)?\xd2\x84/),
  row('kind.cose', /^\x84[\x41-\x57][\xa1-\xaf]\x01/)
];
const OUTLINES = [
  row('file.empty', /^$/),
  row('kind.photo', PICTURE),
  row('kind.wallet-pass', ZIP, ['pass.json']),
  row('kind.signed-document', ZIP, ['application/vnd.etsi.asic']),
  row('file.office', ZIP, ['[Content_Types].xml']),
  row('file.office', ZIP, ['mimetypeapplication/vnd.oasis.opendocument']),
  row('kind.archive', /^(?:PK\x03\x04|\x1f\x8b\x08|7z\xbc\xaf\x27\x1c|Rar!\x1a\x07)/),
  row('kind.archive', /^(?:BZh[1-9]1AY&SY|\xfd7zXZ\x00|\x28\xb5\x2f\xfd|[\x00-\xff]{257}ustar)/),
  row('file.office', /^\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1/),
  row('kind.signed-document', /^0[\x80-\x84]/, ['\x06\x09*\x86H\x86\xf7\r\x01\x07\x02']),
  row('kind.signed-document', /^-----BEGIN (?:PKCS7|CMS|PGP SIGNED MESSAGE)-----/),
  row('kind.open-badges-2', PNG, ['openbadges\0'], ['openbadgecredential\0']),
  row('kind.signed-pdf', /^%PDF-/, ['/ByteRange'], ['/EmbeddedFile', '/Encrypt']),
  row('file.html', PAGE),
  row('kind.europass', /^</, ['data.europa.eu/snb']),
  row('kind.open-badges-2', /^</, ['<openbadges:assertion'], ['<openbadges:credential']),
  row('kind.signed-document', /^</, ['http://www.w3.org/2000/09/xmldsig#'], ['<svg']),
  row('file.xml', /^<[A-Za-z?!]/, [], ['<svg']),
  row('kind.mail', HEADER, ['MIME-Version:', 'Content-']),
  row('kind.mail', HEADER, ['Mime-Version:', 'Content-']),
  row('kind.health-card', /^(?:(?:shc|shlink):\/|https?:\/\/[^ \t\r\n#]*#shlink:\/)/i),
  row('kind.eu-dcc', /^HC1:/),
  row('kind.cbor-ld', /^V[PC]1-/),
  row('kind.mdoc', /^mdoc:/i),
  row('kind.wallet-link', WALLET),
  row('kind.wallet-link', OFFER),
  row('kind.link', /^https?:\/\/[^ \t\r\n]+$/i, [], ['/v#', '/v%23']),
  ...BINARY
];
const BASE64 = /^[h02o-v][A-Za-z0-9+/_-]{31,}={0,2}$/;
const WORDS = /[ \t\r\n]+/;
const FIRST_WORDS = 100;
const LONGEST_WORD = 60;
const FIRST_LINES = 50;
const NOT_PROSE = ['{', '[', '"', '<', '%PDF-', '\x89PNG'];
const SEPARATORS = [[';', 1], ['\t', 1], [',', 2]];

// The code of what a file begins as, or null; `text`: its bytes as Latin-1, without blanks around them.
export const outline = text => firstOf(OUTLINES, text);

// The code of what stands behind base64, with either alphabet, or null.
export const binary = text => BASE64.test(text) ? firstOf(BINARY, decoded(text)) : null;

// The bytes of base64, as Latin-1, up to the last whole group of four digits.
function decoded(text) {
  const digits = text.replace(/=+$/, '').replaceAll('-', '+').replaceAll('_', '/');
  return atob(digits.slice(0, Math.floor(digits.length / 4) * 4));
}

// The code of a table or of words, or null; `text` is UTF-8 and no JSON.
export function prose(text) {
  if(NOT_PROSE.some(each => text.startsWith(each)) || text.includes('{')) {
    return null; // what it holds may be a credential, and is wrong
  }
  const lines = text.split('\n').slice(0, FIRST_LINES).filter(line => /[^\r]/.test(line)).slice(0, 2);
  const isTable = SEPARATORS.some(([mark, least]) => {
    const [one, other] = lines.map(line => line.split(mark).length - 1);
    return one === other && one >= least;
  });
  if(isTable) {
    return 'file.table';
  }
  const words = text.split(WORDS).slice(0, FIRST_WORDS);
  return words.length > 2 && words.every(word => word.length <= LONGEST_WORD) ? 'file.text' : null;
}

const firstOf = (rows, text) => rows.find(each => fits(each, text))?.code ?? null;

const fits = ({begins, holds, lacks}, text) => begins.test(text) &&
  holds.every(word => text.includes(word)) && !lacks.some(word => text.includes(word));
