// Instants: xsd:dateTimeStamp texts <-> microseconds since 1970 as BigInt (VCDM 2.0 section 4.9, RFC 3339).
import {cut, quoted} from './spelling.mjs';
import {FormatError} from './errors.mjs';

const PATTERN = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,12}))?(?:Z|([+-])(\d\d):(\d\d))$/;
const MAX_OFFSET_MINUTES = 14 * 60;
const SECOND = 1_000_000n;
const FIRST = Date.parse('0001-01-01T00:00:00Z');
const LAST = Date.parse('9999-12-31T23:59:59Z');

// The instant, cut to microseconds; throws FormatError `time.invalid`. The zone is required.
export function parse(text) {
  const match = PATTERN.exec(text);
  if(!match) {
    throw new FormatError('time.invalid', `${quoted(cut(text, 40))} is not a time such as 2026-07-01T09:32:00Z.`);
  }
  const [, local, fraction = '', sign, hours = '0', minutes = '0'] = match;
  const offset = Number(hours) * 60 + Number(minutes);
  if(offset > MAX_OFFSET_MINUTES || Number(minutes) > 59) {
    throw new FormatError('time.invalid', `${quoted(text)} has an offset that no zone has.`);
  }
  const milliseconds = Date.parse(`${local}Z`) - (sign === '-' ? -offset : offset) * 60_000;
  if(!exists(local) || milliseconds < FIRST || milliseconds > LAST) {
    throw new FormatError('time.invalid', `${quoted(text)} is a time that does not exist.`);
  }
  return BigInt(milliseconds) * 1000n + BigInt(fraction.padEnd(6, '0').slice(0, 6));
}

// The 30th of February and the hour 24, which Date moves elsewhere, do not.
function exists(local) {
  const found = Date.parse(`${local}Z`);
  return found >= FIRST && new Date(found).toISOString().startsWith(local);
}

// The instant of a Date.
export function instantOf(date) {
  return BigInt(date.getTime()) * 1000n;
}

// The instant of so many seconds since 1970, rounded to the nearest microsecond, half to even.
export function fromSeconds(seconds) {
  const whole = Math.trunc(seconds);
  const exact = (seconds - whole) * 1e6;
  const below = Math.floor(exact);
  const up = exact - below > 0.5 || (exact - below === 0.5 && below % 2 === 1);
  return BigInt(whole) * SECOND + BigInt(below + (up ? 1 : 0));
}

// `2026-07-01T09:32:00Z`: UTC, whole seconds.
export function formatSeconds(instant) {
  return `${isoSeconds(instant)}Z`;
}

// `2026-07-01T09:32:00.000Z`: UTC, milliseconds.
export function formatMilliseconds(instant) {
  const rest = ((instant % 1000n) + 1000n) % 1000n;
  return new Date(Number((instant - rest) / 1000n)).toISOString();
}

// `2026-07-01 09:32:00+00:00`, with microseconds where there are some: as details of the report name an instant.
export function formatFull(instant) {
  const micro = ((instant % SECOND) + SECOND) % SECOND;
  return `${isoSeconds(instant).replace('T', ' ')}${micro ? `.${String(micro).padStart(6, '0')}` : ''}+00:00`;
}

function isoSeconds(instant) {
  const rest = ((instant % SECOND) + SECOND) % SECOND;
  return new Date(Number((instant - rest) / 1000n)).toISOString().slice(0, 19);
}

// The later and the earlier of some instants, of which `null` are none; `null` where there is none at all.
export function latest(instants) {
  return chosen(instants, (one, two) => one > two);
}

export function earliest(instants) {
  return chosen(instants, (one, two) => one < two);
}

function chosen(instants, before) {
  const found = instants.filter(each => each !== null);
  return found.length ? found.reduce((one, two) => before(two, one) ? two : one) : null;
}
