// What the page judges by: the issuer's published trust, fetched from where the page itself came from, and remembered.
//
// The copy in one file has it inside and asks nobody. Otherwise the newest is fetched, and saved with its time; without
// a network the saved one counts. An older one never takes the place of a newer one.
import {keep, recalled} from './store.mjs';
import {Trust, forget, instantOf} from './verifier.mjs';
import {trustIn} from './check/work.mjs';

const ADDRESS = '/trust.json';
const SAVED = 'trust';
const MEMORY = 'memory';
const FRESH_MILLISECONDS = 3_600_000; // as long as the service lets anyone keep a copy
const PATIENCE_MILLISECONDS = 8_000;
const PAUSE_MILLISECONDS = 30_000; // after a question that failed: forty files must not wait for it forty times

// Where the trust at hand comes from.
export const Source = Object.freeze({NONE: 'none', INSIDE: 'inside', SAVED: 'saved', FETCHED: 'fetched'});

export class Trusted {
  trust = new Trust();
  source = Source.NONE;
  fetchedAt = null; // when the trust at hand was last seen to be the newest, in milliseconds; null for never
  #text = null; // what the trust at hand was read from
  #memory = null; // the text of what this browser has seen before
  #asking = null;
  #failedAt = null;

  // `inside`: the text of a trust that the page brought along, or ''.
  static async opened(inside) {
    const made = new Trusted();
    if(inside) {
      made.#take(bytes(inside), Source.INSIDE);
      return made;
    }
    const [saved, memory] = await Promise.all([recalled(SAVED), recalled(MEMORY)]);
    if(saved && made.#take(saved.data, Source.SAVED)) {
      made.fetchedAt = saved.at;
    }
    made.#memory = memory ?? null;
    return made;
  }

  // What to verify by, for `checked` of check/work.mjs: the trust, and the lists that this browser has seen before.
  get texts() {
    return {trust: this.#text, memory: this.#memory, remembers: this.source !== Source.INSIDE};
  }

  // Whether it is as new as if it had just been asked for.
  isFresh(now) {
    return this.source === Source.FETCHED && now - this.fetchedAt < FRESH_MILLISECONDS && now >= this.fetchedAt;
  }

  // Ask for the newest, unless it is fresh or the page has its trust inside. Who comes meanwhile waits for the same.
  async refresh(now) {
    const failed = this.#failedAt !== null && Math.abs(now - this.#failedAt) < PAUSE_MILLISECONDS;
    if(this.source === Source.INSIDE || this.isFresh(now) || failed) {
      return;
    }
    this.#asking ??= this.#fetch(now).finally(() => {
      this.#asking = null;
    });
    await this.#asking;
  }

  // Whatever fails leaves what is there.
  async #fetch(now) {
    try {
      const answer = await fetch(ADDRESS, {
        cache: 'no-cache', credentials: 'omit', redirect: 'error', signal: AbortSignal.timeout(PATIENCE_MILLISECONDS)
      });
      const data = new Uint8Array(await answer.arrayBuffer());
      if(answer.ok && this.#take(data, Source.FETCHED)) {
        [this.fetchedAt, this.#failedAt] = [now, null];
        keep(SAVED, {data, at: now}); // whoever waits for an answer need not wait for that
        return;
      }
    } catch{
      // no network
    }
    this.#failedAt = now;
    this.source = this.source === Source.FETCHED ? Source.SAVED : this.source;
  }

  // The network is there again, says the browser.
  tryAgain() {
    this.#failedAt = null;
  }

  // Keep what a check leaves to be remembered, null for nothing.
  async remember(memory) {
    if(memory) {
      this.#memory = memory;
      await keep(MEMORY, memory);
    }
  }

  // Let what is remembered go by the clock as it is now; whether anything in it was later.
  async forget(now) {
    const {content, ahead, gone} = forget(trustIn(this.#memory) ?? new Trust(), instantOf(now));
    this.#memory = content;
    await keep(MEMORY, content);
    return ahead !== null || gone.length > 0;
  }

  // Whether these bytes are a trust that is not older than the one at hand, which they then replace. The same ones, as
  // most often, need not be read again.
  #take(data, source) {
    const same = this.#text && equal(data, this.#text) ? this.#text : data;
    const found = trustIn(same);
    if(!found || (this.trust.asOf !== null && (found.asOf === null || found.asOf < this.trust.asOf))) {
      return false;
    }
    Object.assign(this, {trust: found, source});
    this.#text = same;
    return true;
  }
}

const equal = (one, other) => one.length === other.length && one.every((byte, place) => byte === other[place]);
const bytes = text => new TextEncoder().encode(text);
