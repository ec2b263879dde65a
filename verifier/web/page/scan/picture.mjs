// Which code the camera sees now, and what may be drawn for it. Pure: told what was read in each frame and when.
//
// A code stays in the picture from the first frame in which it was read to the last one; frames in which the reader
// missed it do not end its stay, for a short grace. A code that came when another one had been seen last takes its place
// at once. Codes whose stays overlap are in one picture, and then nothing is said of any of them.

// Milliseconds. Readers miss a code for a frame or two, when a hand shakes; nobody changes papers so quickly. A slow
// telephone needs longer for a frame: there the grace is two frames, but never more than the second of these.
export const GRACE = 600;
export const LONGEST_GRACE = 2_000;

// A state: stays of {text, first, last, until, answer}, times in milliseconds. `answer` is undefined while there is none.
export const EMPTY = Object.freeze([]);

// After a frame of the time `now`, in which these texts were read, which `took` so long. No code outlives one that was
// seen after it.
export function looked(stays, texts, now, took = 0) {
  const alive = living(stays, now);
  if(!texts.length) {
    return alive;
  }
  const until = now + Math.min(Math.max(GRACE, 2 * took), LONGEST_GRACE);
  const fresh = texts.filter(text => !alive.some(stay => stay.text === text));
  return [
    ...alive.map(stay => texts.includes(stay.text) ? {...stay, last: now, until}
      : {...stay, until: Math.min(stay.until, until)}),
    ...fresh.map(text => ({text, first: now, last: now, until, answer: undefined}))
  ];
}

// After an answer on a text has come; one on a code that has left is of no use.
export function answered(stays, text, answer) {
  return stays.map(stay => stay.text === text ? {...stay, answer} : stay);
}

// What is in the picture at the time `now`: {count: 0}, {count: 1, text, answer}, or {count} of several.
export function seen(stays, now) {
  const alive = living(stays, now);
  const last = Math.max(...alive.map(stay => stay.last));
  const since = Math.min(...alive.filter(stay => stay.last === last).map(({first}) => first));
  const present = alive.filter(stay => stay.last >= since);
  const {text, answer} = present.length === 1 ? present[0] : {};
  return {count: present.length, text, answer};
}

// When what is in the picture changes if no further frame comes; null for never.
export function end(stays) {
  return stays.length ? Math.min(...stays.map(({until}) => until)) : null;
}

const living = (stays, now) => stays.filter(({until}) => now < until);
