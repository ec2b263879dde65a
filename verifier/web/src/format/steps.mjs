// The work that one verification may take, counted in steps: by content alone, so that every machine and both verifiers,
// the one in Python and the one in JavaScript, stop at the same place.
//
// A step is what takes a slow reader about a microsecond. What is done once for each byte of the input needs no count,
// its size is bounded; what is made of the input, or done again and again, is counted before it is made.
import {MAX_STEPS, MAX_STEPS_UNSIGNED} from '../limits.mjs';

// How many characters are made, compared, sorted and hashed in one step.
export const CHARACTERS_A_STEP = 100;
const STEPS_A_LOOK = 20_000; // between two looks at a stopwatch

// The work was given up, with a code of `limit.…`. No FormatError, so that nothing on the way takes it for a fault of a
// document.
export class GivenUpError extends Error {
  constructor(code, detail) {
    super(`${code}: ${detail}`);
    Object.assign(this, {code, detail});
  }
}

// The steps of one verification so far, with all that it verifies on its way; endless unless `bounded`.
export class Steps {
  taken = 0;
  #most = Infinity;
  #stop = Infinity;
  #overdue = null;

  // At most MAX_STEPS_UNSIGNED; with a `stopwatch`, no longer than `seconds` from now either.
  static bounded(stopwatch = null, seconds = 0) {
    const steps = new Steps();
    steps.#most = steps.#stop = MAX_STEPS_UNSIGNED;
    if(stopwatch) {
      const end = stopwatch() + seconds;
      steps.#overdue = () => stopwatch() > end;
      steps.#stop = 0;
    }
    return steps;
  }

  // Count some steps, before they are done. Throws GivenUpError `limit.work` or `limit.time`.
  take(count) {
    this.taken += count;
    if(this.taken > this.#stop) {
      this.#look();
    }
  }

  // The steps of that many characters.
  takeCharacters(count) {
    this.take(Math.floor(count / CHARACTERS_A_STEP));
  }

  // Somebody has signed what was read so far: it may take MAX_STEPS. Whom to believe is another matter.
  signed() {
    if(this.#most === MAX_STEPS_UNSIGNED) {
      this.#most = MAX_STEPS;
      this.#stop = this.#overdue ? this.taken : this.#most;
    }
  }

  #look() {
    if(this.taken > this.#most) {
      throw new GivenUpError('limit.work', 'The check takes more work than any credential needs.');
    }
    if(this.#overdue?.()) {
      throw new GivenUpError('limit.time', 'The check takes too long.');
    }
    this.#stop = Math.min(this.#most, this.taken + STEPS_A_LOOK);
  }
}
