// A chosen file: its bytes for the verifier, which knows by the content what carries a credential, or why not.
import {MAX_CREDENTIAL_BYTES} from './verifier.mjs';

const ZIP = [0x50, 0x4b, 0x03, 0x04];

// {data}, or {refused}: the name of a kind of file that holds others.
//
// One byte more than a signed token may have is enough for the verifier to say that a file is too large.
export async function opened(file) {
  const data = new Uint8Array(await file.slice(0, 2 * MAX_CREDENTIAL_BYTES + 1).arrayBuffer());
  return ZIP.every((byte, place) => data[place] === byte) ? {refused: 'zip'} : {data};
}
