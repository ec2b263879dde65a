// Follows what the camera sees: asks about the code that is there alone, and has drawn what belongs to it.
import {EMPTY, answered, end, looked, seen} from './picture.mjs';

// {saw, close}. `ask(text, signal)` gives a promise of an answer, and never fails; `draw` gets what is in the picture, as
// `seen` of picture.mjs has it, whenever that changes. `now` is the clock by which frames are timed, in milliseconds.
//
// A question ends when another code is asked about, and when the camera is closed. An answer that comes when its code has
// left is drawn nowhere.
export function following({ask, draw, now}) {
  let [stays, drawn, asking, timer] = [EMPTY, {}, null, 0];

  function update() {
    const found = seen(stays, now());
    if(['count', 'text', 'answer'].some(name => found[name] !== drawn[name])) {
      drawn = found;
      draw(found);
    }
    clearTimeout(timer);
    const next = end(stays);
    timer = next === null ? 0 : setTimeout(saw, Math.max(0, next - now()), []); // also where no further frame comes
    if(found.count === 1 && found.answer === undefined && asking?.text !== found.text) {
      begin(found.text);
    }
  }

  async function begin(text) {
    asking?.stop.abort();
    const mine = {text, stop: new AbortController()};
    asking = mine;
    const answer = await ask(text, mine.stop.signal);
    if(asking === mine) {
      asking = null;
      stays = answered(stays, text, answer);
      update();
    }
  }

  function saw(texts, at = now()) {
    stays = looked(stays, texts, at, now() - at);
    update();
  }

  function close() {
    clearTimeout(timer);
    asking?.stop.abort();
    asking = null;
  }

  update();
  return {saw, close};
}
