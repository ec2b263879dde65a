// The decoder in a thread of its own, under a policy of its own: it may run WebAssembly, and can ask nobody anything.
import {codesIn} from './decoder.mjs';

self.addEventListener('message', async ({data: {id, picture}}) => {
  try {
    self.postMessage({id, texts: await codesIn(picture)});
  } catch(error) {
    self.postMessage({id, error: String(error)});
  }
});
