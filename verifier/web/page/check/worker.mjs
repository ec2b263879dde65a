// The verifier in a thread of its own, which the page can stop: one question at a time, and no connection to anywhere.
//
// It says once that it is there. A question names trust and memory only where they are not those that it has.
import {checked} from './work.mjs';
import {packed} from './parcel.mjs';

const held = {};

self.addEventListener('message', async ({data: question}) => {
  Object.assign(held, question);
  try {
    const {report, memory} = await checked(held);
    held.memory = memory;
    self.postMessage({report: packed(report), memory});
  } catch(error) {
    self.postMessage({error: {name: error.name, message: String(error.stack)}});
  }
});

self.postMessage({});
