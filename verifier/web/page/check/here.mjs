// The work of a check in the page itself, where no worker can be started: in the one file. Nothing can stop it there
// but the verifier's own bounds.
export {checked} from './work.mjs';

export function begin() {}
