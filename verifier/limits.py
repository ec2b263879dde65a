"""Every bound of the verifier, with its unit and the reason for it."""

from typing import Final

# JSON text. A credential with evidence and a chain of proofs is under 20 KiB; the bound leaves room for foreign ones,
# and for the pictures that they hold.
MAX_CREDENTIAL_BYTES: Final = 1 << 20
# Bytes of an image or PDF that carries a credential, which has a bound of its own: a badge for print, or a certificate
# merged into a scan of ten pages, has less. They are walked through once.
MAX_CARRIER_BYTES: Final = 16 << 20
# Chunks of a PNG image: one of 16 MiB with chunks of 8 KiB, as writers make them, has 2,048.
MAX_PNG_CHUNKS: Final = 4_096
# Tags and texts of an SVG image: drawings of 1 MiB have 20,000, those of more hold pictures.
MAX_SVG_PIECES: Final = 1 << 17
# Attributes of its outermost tag, and of one that a credential stands in: they have a dozen.
MAX_SVG_ATTRIBUTES: Final = 1_024
# Elements for a credential: Open Badges 3.0 allows one.
MAX_SVG_ELEMENTS: Final = 16
# Bytes of a PDF before its header: as far as other readers look (ISO 32000-1 appendix H.3, note 13).
MAX_PDF_PLACE: Final = 1_024
# Streams of a PDF: one of 16 MiB with a picture, a font or a page in each has 2,000.
MAX_PDF_STREAMS: Final = 1 << 16
# Files attached to a PDF that are looked at: a certificate has one, an invoice with its data has a few.
MAX_PDF_ATTACHMENTS: Final = 16
# Bytes of the dictionary of one: they have under 500.
MAX_PDF_DICTIONARY_BYTES: Final = 1 << 14

# Pictures with a QR code. Pixels: a page A4 at 600 dpi has 35 million, a telephone's picture 12.
MAX_PICTURE_PIXELS: Final = 36_000_000
# Pixels on a side to which larger ones are scaled: more than a code needs.
MAX_PICTURE_SIDE: Final = 4_096
# Codes drawn in one SVG picture that are looked at: two are too many already.
MAX_PICTURE_CODES: Final = 16

# Trust files and status lists: 2^26 random bits are 8 MiB, 11 MiB in base64url.
MAX_TRUST_BYTES: Final = 32 << 20
# Nesting of arrays and objects. Ours have 6; recursion in the walker and in JCS rests on this bound.
MAX_JSON_DEPTH: Final = 64
# Members of objects and elements of arrays, together: keeps every later walk linear in something small. A CAIG
# credential has about 150; each proof of a chain walks over all of them once more.
MAX_JSON_MEMBERS: Final = 25_000
# The same for trust files, which are read once and hold many documents.
MAX_TRUST_MEMBERS: Final = 100_000
# Characters of a number: 2^53 has 16 digits, the longest shortest-form double 24.
MAX_NUMBER_CHARACTERS: Final = 32
# Integers beyond this are not the same number for every reader of JSON (RFC 8785 section 3.2.2.3, RFC 7493).
MAX_SAFE_INTEGER: Final = (1 << 53) - 1

# base58 decoding costs the square of the length; a signature has 88 characters, a key 48.
MAX_BASE58_CHARACTERS: Final = 256

# Characters of the text of a QR code: the largest code holds 7,089 digits, and an address stands before them.
MAX_QR_CHARACTERS: Final = 8_192
# Characters of a link that another one carries, in which each may be three.
MAX_CARRIED_LINK_CHARACTERS: Final = 3 * MAX_QR_CHARACTERS
# Objects in a text that is no JSON as a whole, so that a mail may repeat itself.
MAX_TEXT_OBJECTS: Final = 16
# Bytes that such a text may inflate to: a certification with evidence has 5 KiB.
MAX_QR_INFLATED_BYTES: Final = 1 << 16
# Bytes of one dictionary: as far as DEFLATE looks back.
MAX_QR_DICTIONARY_BYTES: Final = 1 << 15
# Dictionaries that are tried on a text whose host is not known.
MAX_QR_DICTIONARIES: Final = 16

# Blank nodes of one document: a CAIG credential has about 30.
MAX_BLANK_NODES: Final = 2_000
# Calls of "Hash N-Degree Quads" (RDFC-1.0 section 4.8) for all proofs of one document. Sixteen credentials of one kind
# in a presentation need 25,000, two revisions of one 13,000; a poison graph needs more than anyone can wait for.
MAX_N_DEGREE_CALLS: Final = 32_768
# Characters of what a document says about its parts, written once more at each further place that names them: a
# profile or an achievement has some hundred, and stands at two or three places.
MAX_REPEATED_CHARACTERS: Final = 1 << 20
# Depth of that recursion, in blank nodes: far under Python's own stack.
MAX_N_DEGREE_DEPTH: Final = 128
# Derived scoped contexts that are remembered between documents; the pinned contexts need fewer than 700.
MAX_REMEMBERED_CONTEXTS: Final = 1_024

# Contexts that one document may make up from those at hand and its own: each costs up to some milliseconds.
MAX_DERIVED_CONTEXTS: Final = 256
# Terms in force at one place of a document; a credential under VCDM 2.0 and Open Badges 3.0.3 has about 100.
MAX_CONTEXT_TERMS: Final = 2_048
# Definitions that rest on one another, which is how deep the definer recurses.
MAX_TERM_CHAIN: Final = 32
# Characters of one context written out in a document.
MAX_INLINE_CONTEXT_CHARACTERS: Final = 65_536

# Characters of the IRI that a term or a type stands for, or that a vocabulary begins with, in a context: it is written
# again for every value. Published ones have about 100.
MAX_TERM_IRI_CHARACTERS: Final = 2_048
# Bytes of all the statements that one document makes, names written out: as much as a status list that is fetched. They
# are kept whole several times while they are sorted and hashed, so a term beyond ASCII counts 4 for each character.
MAX_STATEMENT_BYTES: Final = 16 << 20
# Steps of work (`format/steps.py`) on one document with all that is in it and beside it, until a first signature is
# found to be right: each is about a microsecond, and an ordinary credential takes 2,000.
MAX_STEPS_UNSIGNED: Final = 600_000
# And after that: whoever signs 25,000 values three times over needs 1,000,000.
MAX_STEPS: Final = 2_400_000

# Proofs on one document (Data Integrity puts no bound; each costs a signature check).
MAX_PROOFS: Final = 16
# Credentials inside one presentation; each is verified in full.
MAX_CREDENTIALS: Final = 16
# Proofs on all of them together: two for each.
MAX_CONTAINED_PROOFS: Final = 32
# Status entries of one credential; ours have 2.
MAX_STATUS_ENTRIES: Final = 16
# Entries of a status list, in bits: at least 131,072 (Bitstring Status List 1.0 section 6.1), at most 8 MiB inflated.
MIN_STATUS_BITS: Final = 131_072
MAX_STATUS_BITS: Final = 1 << 26

# Days that a status list is relied on after its `validFrom`, whatever end it names: as long as ours last. Without a cap
# a list that names no end, or one years away, would go on saying that nothing was withdrawn.
MAX_LIST_AGE_DAYS: Final = 35
# Copies of one status list that are looked at, newest first: the one given, the one remembered, and two more.
MAX_LIST_COPIES: Final = 4
# Decoded lists that are kept while one document is checked, at most 8 MiB each: its entries often share a list.
MAX_DECODED_LISTS: Final = 4
# Documents of which quads, their hash and departures from a schema are kept meanwhile, each as long as it may be: a
# credential and its proof, which are walked for their terms and again for their signature.
MAX_RECALLED: Final = 2
# Lists that a memory keeps: more issuers than a relying party accepts.
MAX_REMEMBERED_LISTS: Final = 256
# Compromised keys that a memory keeps: an issuer has a few in its life.
MAX_REMEMBERED_KEYS: Final = 1_024
# Bits of one entry of a foreign list (`statusSize`).
MAX_STATUS_SIZE: Final = 8

# Seconds that one check may take by the caller's stopwatch: the worst document within the bounds above needs 3 (make
# bench).
MAX_VERIFY_SECONDS: Final = 20

# How far another machine's clock may run ahead of ours, in seconds.
CLOCK_SKEW_SECONDS: Final = 60

# Online refresh (`--online`): what one verification may ask for, since an unverified document says where to look.
# Addresses: a presentation of eight credentials, each with an issuer, two lists and a co-signer, needs 32.
MAX_WANTED: Final = 32
# Rounds: the document's own needs, the keys of the lists that it names, and one to spare.
MAX_ONLINE_ROUNDS: Final = 3
# Characters of an address or a DID: what servers and proxies commonly take.
MAX_URL_CHARACTERS: Final = 2_048
# Bytes of one answer: the largest status list (2^26 bits that do not compress) is 11 MiB in base64url.
MAX_FETCH_BYTES: Final = 16 << 20
# Bytes of all answers together: they are held in memory, parsed, until the verification ends.
MAX_ONLINE_BYTES: Final = 32 << 20
# Redirects of one fetch: http clients follow 20, a host that moved needs one or two.
MAX_REDIRECTS: Final = 3
# Addresses of one host that are tried in turn: enough for one broken address family.
MAX_CONNECT_ATTEMPTS: Final = 4
# Seconds to connect to one address, for one fetch with its redirects, and for all fetches: a person is waiting.
MAX_CONNECT_SECONDS: Final = 5.0
MAX_FETCH_SECONDS: Final = 10.0
MAX_ONLINE_SECONDS: Final = 30.0
