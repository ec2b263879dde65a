// Scripts that a browser runs beside the page. Where its policy asks for it, these addresses alone may become scripts.
const ADDRESSES = ['/v/worker.js', '/v/scanner.js', '/v/checker.js'];
let policy = null;

export function script(address) {
  policy ??= window.trustedTypes?.createPolicy('certify-worker', {createScriptURL: listed}) ?? {createScriptURL: listed};
  return policy.createScriptURL(address);
}

function listed(address) {
  if(!ADDRESSES.includes(address)) {
    throw new TypeError(`${address} is no script of this page.`);
  }
  return address;
}
