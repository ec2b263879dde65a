// Codes in a picture, read by the worker beside the page.
import {script} from '../scripts.mjs';

const waiting = new Map();
let worker = null;
let last = 0;

// As in decoder.mjs. The worker begins with the first picture, and stays.
export function codesIn(picture) {
  worker ??= started();
  return new Promise((resolve, reject) => {
    last += 1;
    waiting.set(last, {resolve, reject});
    worker.postMessage({id: last, picture}, [picture]);
  });
}

function started() {
  const made = new Worker(script('/v/scanner.js'));
  made.addEventListener('message', ({data: {id, texts, error}}) => {
    const {resolve, reject} = waiting.get(id);
    waiting.delete(id);
    return error ? reject(new Error(error)) : resolve(texts);
  });
  made.addEventListener('error', event => {
    event.preventDefault();
    worker = null; // the next picture tries again
    waiting.forEach(({reject}) => reject(new Error('The reader of codes did not start.')));
    waiting.clear();
  });
  return made;
}
