// The camera: shows what it sees, and hands on what is in its picture, until it is closed.
import {el, replace} from '../dom.mjs';
import {codesIn} from '#codes';
import {following} from './follow.mjs';
import {say} from '../language.mjs';

const WISHES = {video: {facingMode: 'environment', width: {ideal: 1_920}, height: {ideal: 1_080}}, audio: false};
const PAUSE_MILLISECONDS = 60; // between two looks: the reader also scrolls and presses buttons
const PROBLEMS = new Map([['NotAllowedError', 'camera.refused'], ['NotFoundError', 'camera.none']]);

// Open it in this place. `signal` closes it; so does its own button, after which `on.closed` is called.
//
// `on.ask` and `on.draw` are those of follow.mjs; `draw` also gets the element to draw in. `on.problem` gets the key of a
// sentence. `many`: whether one code after another is shown.
export async function opened(place, many, on, signal) {
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia(WISHES);
  } catch(error) {
    signal.aborted || on.problem(PROBLEMS.get(error.name) ?? 'camera.failed'); // without mediaDevices, too: not secure
    return;
  }
  const video = el('video', {autoplay: true, playsinline: true, 'aria-label': say('camera.picture')});
  video.muted = true;
  video.srcObject = stream;
  const drawn = el('div', {class: 'seen'});
  const button = el('button', {type: 'button', click: () => on.closed()}, say('camera.close'));
  const follow = following({ask: on.ask, draw: found => on.draw(found, drawn), now: () => performance.now()});
  const close = () => {
    stream.getTracks().forEach(track => track.stop());
    follow.close();
    replace(place);
  };
  signal.addEventListener('abort', close);
  window.addEventListener('pagehide', close, {signal});
  if(signal.aborted) {
    close();
    return;
  }
  replace(place, el('div', {class: 'camera'}, video, drawn, el('div', {class: 'help'},
    el('p', {}, say('camera.text')), many && el('p', {}, say('camera.many.text')), button)));
  button.focus({preventScroll: true});
  place.scrollIntoView(); // picture and answer together
  try {
    await looked(video, stream, follow, signal);
  } catch(error) {
    console.error(error);
  }
  signal.aborted || on.problem('camera.failed'); // it was taken away, or its pictures cannot be read
}

// What the camera sees now; null while it has nothing to show, as when it has just been switched on.
async function pictureOf(video) {
  try {
    return await createImageBitmap(video);
  } catch(error) {
    if(error.name === 'InvalidStateError') {
      return null;
    }
    throw error;
  }
}

// Look again and again; nobody looks at a page that is hidden.
async function looked(video, stream, follow, signal) {
  while(stream.active && !signal.aborted) {
    await new Promise(resolve => setTimeout(resolve, PAUSE_MILLISECONDS));
    const at = performance.now();
    const picture = document.hidden ? null : await pictureOf(video);
    const texts = picture ? await codesIn(picture) : [];
    if(!signal.aborted) {
      follow.saw(texts, at);
    }
  }
}
