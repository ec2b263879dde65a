// The camera: shows what it sees, and hands on each code in it, until it is closed.
import {el, replace} from '../dom.mjs';
import {codesIn} from '#codes';
import {say} from '../language.mjs';

const WISHES = {video: {facingMode: 'environment', width: {ideal: 1_920}, height: {ideal: 1_080}}, audio: false};
const PAUSE_MILLISECONDS = 60; // between two looks: the reader also scrolls and presses buttons
const FORGET_MILLISECONDS = 3_000; // a code that was away for so long is a new one
const PROBLEMS = new Map([['NotAllowedError', 'camera.refused'], ['NotFoundError', 'camera.none']]);

let close = () => {}; // what is open

// Open it in this place, for one code, or for one after another (`many`) until it is closed. `on.text` gets each; the
// next one is looked for when that has come to an end. `on.problem` gets the key of a sentence.
export async function opened(place, many, on) {
  close();
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia(WISHES);
  } catch(error) {
    on.problem(PROBLEMS.get(error.name) ?? 'camera.failed'); // without mediaDevices, too: a page that is not secure
    return;
  }
  const video = el('video', {autoplay: true, playsinline: true, 'aria-label': say('camera.picture')});
  video.muted = true;
  video.srcObject = stream;
  close = () => {
    stream.getTracks().forEach(track => track.stop());
    replace(place);
  };
  const button = el('button', {type: 'button', click: () => {
    close();
    on.closed();
  }}, say('camera.close'));
  replace(place, el('div', {class: 'camera'}, video, el('div', {},
    el('p', {}, say('camera.text')), many && el('p', {}, say('camera.many.text')), button)));
  button.focus();
  window.addEventListener('pagehide', close);
  looked(video, stream, async text => {
    if(!many) {
      close();
    }
    await on.text(text);
  }).catch(() => {
    close();
    on.problem('camera.failed');
  });
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

// Every text once, for as long as it stays in the picture.
async function looked(video, stream, found) {
  const times = new Map();
  while(stream.active) {
    await new Promise(resolve => setTimeout(resolve, PAUSE_MILLISECONDS));
    const picture = document.hidden ? null : await pictureOf(video);
    for(const text of picture ? await codesIn(picture) : []) {
      const isNew = performance.now() - (times.get(text) ?? -Infinity) > FORGET_MILLISECONDS;
      if(isNew && stream.active) {
        await found(text);
      }
      times.set(text, performance.now());
    }
  }
}
