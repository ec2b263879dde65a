// What one verification costs in Node.js: `node run_cost.mjs AT FILE [TRUST…]` prints {verdict, code, seconds, peak}.
//
// In a process of its own: CPU seconds of the verification alone, and the most memory that the process held, in bytes.
import {Trust} from '../../verifier/web/src/trust.mjs';
import {loadObject} from '../../verifier/web/src/format/strictjson.mjs';
import {parse} from '../../verifier/web/src/format/timestamp.mjs';
import {pin} from '../../verifier/web/src/format/contexts.mjs';
import {readFileSync} from 'node:fs';
import {verify} from '../../verifier/web/src/verify.mjs';

pin(loadObject(readFileSync(new URL('../../verifier/web/data/contexts.json', import.meta.url))));

const [at, file, ...files] = process.argv.slice(2);
const trust = files.map(each => Trust.read(readFileSync(each))).reduce((one, other) => one.plus(other), new Trust());
const data = readFileSync(file);
const begun = process.cpuUsage();
const report = await verify(data, {trust, at: parse(at)});
const {user, system} = process.cpuUsage(begun);
const [, kibibytes] = /VmHWM:\s*(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'));
process.stdout.write(JSON.stringify({
  verdict: report.verdict,
  code: report.decisive?.code ?? '',
  seconds: (user + system) / 1e6,
  peak: Number(kibibytes) * 1024
}));
