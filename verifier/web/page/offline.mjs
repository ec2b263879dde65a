// The page saved in the browser, by a service worker, so that it opens without a network.
import {script} from './scripts.mjs';

const SCOPE = '/v';

// ready | waiting | never. `changed` is called when it becomes ready.
export function keptOffline(changed) {
  if(!navigator.serviceWorker) {
    return 'never';
  }
  navigator.serviceWorker.register(script('/v/worker.js'), {scope: SCOPE, updateViaCache: 'none'}).then(
    () => navigator.serviceWorker.ready).then(() => changed('ready'), () => changed('never'));
  return 'waiting';
}
