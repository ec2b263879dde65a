// The work of a check in a worker beside the page: the page stays quick whatever it is given, and can stop the work.
//
// The worker is stopped when its question is no longer asked, or takes longer than MAX_VERIFY_SECONDS; the next question
// gets another one. Where none can be started, the work is done in the page.
import {MAX_VERIFY_SECONDS, Outcome, Report} from '../verifier.mjs';
import {checked as here} from './work.mjs';
import {script} from '../scripts.mjs';
import {unpacked} from './parcel.mjs';

const START_MILLISECONDS = 8_000; // as long as the page waits for its trust
const KEPT = ['trust', 'memory'];
let free = null; // a promise of a worker without a question, or of null where a browser starts none

// Have a worker ready for the first question.
export function begin() {
  free ??= started();
}

// As `checked` of work.mjs. Rejects with the reason of `signal` when that says that nobody asks any longer.
export async function checked(question, signal) {
  begin();
  const taken = free;
  free = null;
  const worker = await taken;
  if(worker === null || signal.aborted) {
    free ??= taken;
    signal.throwIfAborted();
    return here(question);
  }
  try {
    const answer = await asked(worker, question, signal);
    if(answer) {
      free ??= taken;
    }
    return answer ?? {report: tooLong(question.at), memory: question.memory};
  } finally {
    if(free !== taken) {
      worker.port.terminate();
    }
  }
}

// {port, has}: the worker, and the trust and the memory that it has been given.
function started() {
  return new Promise(resolve => {
    const port = new Worker(script('/v/checker.js'), {type: 'module'});
    const none = event => {
      event?.preventDefault();
      port.terminate();
      resolve(null);
    };
    const late = setTimeout(none, START_MILLISECONDS);
    port.onerror = none;
    port.onmessage = () => {
      clearTimeout(late);
      resolve({port, has: {}});
    };
  });
}

// The worker's answer; null when it takes too long.
async function asked({port, has}, question, signal) {
  const news = Object.entries(question).filter(([name, value]) => !KEPT.includes(name) || has[name] !== value);
  let late = 0;
  const {report, memory, error} = await new Promise((resolve, reject) => {
    late = setTimeout(() => resolve({}), MAX_VERIFY_SECONDS * 1_000);
    signal.addEventListener('abort', () => reject(signal.reason), {once: true});
    port.onerror = event => reject(new Error(event.message));
    port.onmessage = ({data}) => resolve(data);
    port.postMessage(Object.fromEntries(news));
  }).finally(() => clearTimeout(late));
  Object.assign(has, {trust: question.trust, memory});
  if(error) {
    throw Object.assign(new Error(error.message), {name: error.name});
  }
  return report ? {report: unpacked(report), memory} : null;
}

function tooLong(at) {
  const check = {
    id: 'readable', outcome: Outcome.INDETERMINATE, code: 'limit.time',
    detail: `The check took longer than ${MAX_VERIFY_SECONDS} seconds.`
  };
  return new Report({
    checks: [check], checkedAt: at, warnings: [], status: [], trustAsOf: null, credentials: [], genuineLists: new Map(),
    credential: null
  });
}
