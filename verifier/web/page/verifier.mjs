// The verifier with all that it needs: contexts pinned, and a spare Ed25519 that is loaded where WebCrypto has none.
import contexts from '../data/contexts.json';
import {loadObject} from '../src/format/strictjson.mjs';
import {pin} from '../src/format/contexts.mjs';
import {useInstead} from '../src/format/ed25519.mjs';

pin(loadObject(new TextEncoder().encode(contexts))); // bundled as text: read as strictly as everything else
useInstead(() => import('./spare.mjs'));

export {Outcome} from '../src/codes.mjs';
export {FormatError} from '../src/format/errors.mjs';
export {IN_FORCE_CHECKS, Level, State, Verdict} from '../src/report.mjs';
export {Policy} from '../src/policy.mjs';
export {Trust, TrustError} from '../src/trust.mjs';
export {MAX_CARRIER_BYTES, MAX_VERIFY_SECONDS} from '../src/limits.mjs';
export {explain, sentenceOf} from '../src/explain.mjs';
export {formatSeconds, instantOf, parse as parseInstant} from '../src/format/timestamp.mjs';
export {isPresentation} from '../src/model.mjs';
export {lines} from '../src/summary.mjs';
export {loadObject} from '../src/format/strictjson.mjs';
export {forget, remember} from '../src/memory.mjs';
export {unpacked} from '../src/reading.mjs';
export {unread, verify} from '../src/verify.mjs';
export {visible} from '../src/format/display.mjs';
