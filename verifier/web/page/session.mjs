// All that was checked since the page was opened, and how many of them are valid. table.mjs draws it.
import {Verdict} from './verifier.mjs';
import {replace} from './dom.mjs';
import {say, sayMore} from './language.mjs';
import {toneOf} from './findings.mjs';

export class Session {
  judgements = [];
  #place;
  #show;

  // `place`: the element to draw in. `show`: what to do when the reader wants one answer again; `cleared`: when none is
  // left.
  constructor(place, show, cleared) {
    this.#place = place;
    this.#show = show;
    this.cleared = cleared;
  }

  // The same bytes under the same name are one row: what was found last.
  add(judgement) {
    const place = this.judgements.findIndex(({name, digest}) => name === judgement.name && digest === judgement.digest);
    this.judgements.splice(place < 0 ? this.judgements.length : place, 1, judgement);
  }

  // How many there are, and how many of them are valid, also on a saved list alone.
  get count() {
    const [valid, saved] = [Verdict.VALID, 'saved'].map(
      tone => this.judgements.filter(each => toneOf(each) === tone).length);
    return say(saved ? 'list.countSaved' : 'list.count', {count: this.judgements.length, valid, saved});
  }

  // Draw it, once there is more than one, or a first one to which others will come.
  async draw(growing = false) {
    if(this.judgements.length < (growing ? 1 : 2)) {
      replace(this.#place);
      return;
    }
    const [{drawn}] = await Promise.all([import('./table.mjs'), sayMore()]);
    replace(this.#place, ...drawn(this, this.#show));
  }

  clear() {
    this.judgements = [];
    this.draw();
    this.cleared();
  }
}
