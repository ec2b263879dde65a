// Every bound of the verifier, with its unit and the reason for it. Written by `make regen` from limits.py.

// JSON text. A credential with evidence and a chain of proofs is under 20 KiB; the bound leaves room for foreign ones,
// and for the pictures that they hold.
export const MAX_CREDENTIAL_BYTES = 1_048_576;
// Bytes of an image or PDF that carries a credential, which has a bound of its own: a badge for print, or a certificate
// merged into a scan of ten pages, has less. They are walked through once.
export const MAX_CARRIER_BYTES = 16_777_216;
// Chunks of a PNG image: one of 16 MiB with chunks of 8 KiB, as writers make them, has 2,048.
export const MAX_PNG_CHUNKS = 4_096;
// Tags and texts of an SVG image: drawings of 1 MiB have 20,000, those of more hold pictures.
export const MAX_SVG_PIECES = 131_072;
// Attributes of its outermost tag, and of one that a credential stands in: they have a dozen.
export const MAX_SVG_ATTRIBUTES = 1_024;
// Elements for a credential: Open Badges 3.0 allows one.
export const MAX_SVG_ELEMENTS = 16;
// Bytes of a PDF before its header: as far as other readers look (ISO 32000-1 appendix H.3, note 13).
export const MAX_PDF_PLACE = 1_024;
// Streams of a PDF: one of 16 MiB with a picture, a font or a page in each has 2,000.
export const MAX_PDF_STREAMS = 65_536;
// Files attached to a PDF that are looked at: a certificate has one, an invoice with its data has a few.
export const MAX_PDF_ATTACHMENTS = 16;
// Bytes of the dictionary of one: they have under 500.
export const MAX_PDF_DICTIONARY_BYTES = 16_384;

// Pictures with a QR code. Pixels: a page A4 at 600 dpi has 35 million, a telephone's picture 12.
export const MAX_PICTURE_PIXELS = 36_000_000;
// Pixels on a side to which larger ones are scaled: more than a code needs.
export const MAX_PICTURE_SIDE = 4_096;
// Codes drawn in one SVG picture that are looked at: two are too many already.
export const MAX_PICTURE_CODES = 16;

// Trust files and status lists: 2^26 random bits are 8 MiB, 11 MiB in base64url.
export const MAX_TRUST_BYTES = 33_554_432;
// Nesting of arrays and objects. Ours have 6; recursion in the walker and in JCS rests on this bound.
export const MAX_JSON_DEPTH = 64;
// Members of objects and elements of arrays, together: keeps every later walk linear in something small. A CAIG
// credential has about 150; each proof of a chain walks over all of them once more.
export const MAX_JSON_MEMBERS = 25_000;
// The same for trust files, which are read once and hold many documents.
export const MAX_TRUST_MEMBERS = 100_000;
// Characters of a number: 2^53 has 16 digits, the longest shortest-form double 24.
export const MAX_NUMBER_CHARACTERS = 32;
// Integers beyond this are not the same number for every reader of JSON (RFC 8785 section 3.2.2.3, RFC 7493).
export const MAX_SAFE_INTEGER = 9_007_199_254_740_991;

// base58 decoding costs the square of the length; a signature has 88 characters, a key 48.
export const MAX_BASE58_CHARACTERS = 256;

// Characters of the text of a QR code: the largest code holds 7,089 digits, and an address stands before them.
export const MAX_QR_CHARACTERS = 8_192;
// Characters of a link that another one carries, in which each may be three.
export const MAX_CARRIED_LINK_CHARACTERS = 24_576;
// Objects in a text that is no JSON as a whole, so that a mail may repeat itself.
export const MAX_TEXT_OBJECTS = 16;
// Bytes that such a text may inflate to: a certification with evidence has 5 KiB.
export const MAX_QR_INFLATED_BYTES = 65_536;
// Bytes of one dictionary: as far as DEFLATE looks back.
export const MAX_QR_DICTIONARY_BYTES = 32_768;
// Dictionaries that are tried on a text whose host is not known.
export const MAX_QR_DICTIONARIES = 16;

// Blank nodes of one document: a CAIG credential has about 30.
export const MAX_BLANK_NODES = 2_000;
// Calls of "Hash N-Degree Quads" (RDFC-1.0 section 4.8) for all proofs of one document. Sixteen credentials of one kind
// in a presentation need 25,000, two revisions of one 13,000; a poison graph needs more than anyone can wait for.
export const MAX_N_DEGREE_CALLS = 32_768;
// Characters of what a document says about its parts, written once more at each further place that names them: a
// profile or an achievement has some hundred, and stands at two or three places.
export const MAX_REPEATED_CHARACTERS = 1_048_576;
// Depth of that recursion, in blank nodes: far under Python's own stack.
export const MAX_N_DEGREE_DEPTH = 128;
// Derived scoped contexts that are remembered between documents; the pinned contexts need fewer than 700.
export const MAX_REMEMBERED_CONTEXTS = 1_024;

// Contexts that one document may make up from those at hand and its own: each costs up to some milliseconds.
export const MAX_DERIVED_CONTEXTS = 256;
// Terms in force at one place of a document; a credential under VCDM 2.0 and Open Badges 3.0.3 has about 100.
export const MAX_CONTEXT_TERMS = 2_048;
// Definitions that rest on one another, which is how deep the definer recurses.
export const MAX_TERM_CHAIN = 32;
// Characters of one context written out in a document.
export const MAX_INLINE_CONTEXT_CHARACTERS = 65_536;

// Characters of the IRI that a term or a type stands for, or that a vocabulary begins with, in a context: it is written
// again for every value. Published ones have about 100.
export const MAX_TERM_IRI_CHARACTERS = 2_048;
// Bytes of all the statements that one document makes, names written out: as much as a status list that is fetched. They
// are kept whole several times while they are sorted and hashed, so a term beyond ASCII counts 4 for each character.
export const MAX_STATEMENT_BYTES = 16_777_216;
// Steps of work (`format/steps.py`) on one document with all that is in it and beside it, until a first signature is
// found to be right: each is about a microsecond, and an ordinary credential takes 2,000.
export const MAX_STEPS_UNSIGNED = 600_000;
// And after that: whoever signs 25,000 values three times over needs 1,000,000.
export const MAX_STEPS = 2_400_000;

// Proofs on one document (Data Integrity puts no bound; each costs a signature check).
export const MAX_PROOFS = 16;
// Credentials inside one presentation; each is verified in full.
export const MAX_CREDENTIALS = 16;
// Proofs on all of them together: two for each.
export const MAX_CONTAINED_PROOFS = 32;
// Status entries of one credential; ours have 2.
export const MAX_STATUS_ENTRIES = 16;
// Entries of a status list, in bits: at least 131,072 (Bitstring Status List 1.0 section 6.1), at most 8 MiB inflated.
export const MIN_STATUS_BITS = 131_072;
export const MAX_STATUS_BITS = 67_108_864;

// Days that a status list is relied on after its `validFrom`, whatever end it names: as long as ours last. Without a cap
// a list that names no end, or one years away, would go on saying that nothing was withdrawn.
export const MAX_LIST_AGE_DAYS = 35;
// Copies of one status list that are looked at, newest first: the one given, the one remembered, and two more.
export const MAX_LIST_COPIES = 4;
// Decoded lists that are kept while one document is checked, at most 8 MiB each: its entries often share a list.
export const MAX_DECODED_LISTS = 4;
// Documents of which quads, their hash and departures from a schema are kept meanwhile, each as long as it may be: a
// credential and its proof, which are walked for their terms and again for their signature.
export const MAX_RECALLED = 2;
// Lists that a memory keeps: more issuers than a relying party accepts.
export const MAX_REMEMBERED_LISTS = 256;
// Compromised keys that a memory keeps: an issuer has a few in its life.
export const MAX_REMEMBERED_KEYS = 1_024;
// Bits of one entry of a foreign list (`statusSize`).
export const MAX_STATUS_SIZE = 8;

// Seconds that one check may take by the caller's stopwatch: the worst document within the bounds above needs 3 (make
// bench).
export const MAX_VERIFY_SECONDS = 20;

// How far another machine's clock may run ahead of ours, in seconds.
export const CLOCK_SKEW_SECONDS = 60;

// Online refresh (`--online`): what one verification may ask for, since an unverified document says where to look.
// Addresses: a presentation of eight credentials, each with an issuer, two lists and a co-signer, needs 32.
export const MAX_WANTED = 32;
// Rounds: the document's own needs, the keys of the lists that it names, and one to spare.
export const MAX_ONLINE_ROUNDS = 3;
// Characters of an address or a DID: what servers and proxies commonly take.
export const MAX_URL_CHARACTERS = 2_048;
// Bytes of one answer: the largest status list (2^26 bits that do not compress) is 11 MiB in base64url.
export const MAX_FETCH_BYTES = 16_777_216;
// Bytes of all answers together: they are held in memory, parsed, until the verification ends.
export const MAX_ONLINE_BYTES = 33_554_432;
// Redirects of one fetch: http clients follow 20, a host that moved needs one or two.
export const MAX_REDIRECTS = 3;
// Addresses of one host that are tried in turn: enough for one broken address family.
export const MAX_CONNECT_ATTEMPTS = 4;
// Seconds to connect to one address, for one fetch with its redirects, and for all fetches: a person is waiting.
export const MAX_CONNECT_SECONDS = 5.0;
export const MAX_FETCH_SECONDS = 10.0;
export const MAX_ONLINE_SECONDS = 30.0;
