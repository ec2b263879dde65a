// The work of a check in the page itself, where no worker can be started: in the one file. There it ends by its own
// bounds alone.
export {checked} from './work.mjs';

export function begin() {}
