// The page saved in the browser, by a service worker, so that it opens without a network.
const WORKER = '/v/worker.js';
const SCOPE = '/v';

// ready | waiting | never. `changed` is called when it becomes ready.
export function keptOffline(changed) {
  if(!navigator.serviceWorker) {
    return 'never';
  }
  navigator.serviceWorker.register(address(), {scope: SCOPE, updateViaCache: 'none'}).then(
    () => navigator.serviceWorker.ready).then(() => changed('ready'), () => changed('never'));
  return 'waiting';
}

// Where the page's policy asks for it, the one address that may become a script is named as such.
function address() {
  const policy = window.trustedTypes?.createPolicy('certify-worker', {createScriptURL: () => WORKER});
  return policy ? policy.createScriptURL('') : WORKER;
}
