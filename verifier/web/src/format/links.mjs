// Links to the text of a QR code as mail programs and people hand them on, made straight (docs/qr-format.md, "Links").
//
// Only where the link stands is put right; its digits are left as they are.
import {MAX_CARRIED_LINK_CHARACTERS} from '../limits.mjs';

// What writing puts right before or behind a link or a token, and neither of them begins or ends with; and those of it
// that no link or token has within.
export const QUOTES = '"\'`“”„‟‘’‚«»‹›<>()\\[\\]';
const MARKS = `${QUOTES}.,;:!?*`;
const AROUND = [new RegExp(`^[${MARKS}]+`), new RegExp(`(?<![${MARKS}])[${MARKS}]+$`)];
const LINK = /^[Hh][Tt][Tt][Pp][Ss]:\/\/([^/\t-\r ]{1,300})\/v(?:#|%23)(.*)$/su;
const SAFE_LINK =
  /^https:\/\/[a-z0-9.-]{1,100}\.safelinks\.protection\.outlook\.com\/(?:[^?#]*)\?(?:[^#]*&)?url=([^&#]*)[^#]*$/su;
const ESCAPE = /%([0-9A-Fa-f]{2})/g;

// The word without marks before and behind it.
export const unmarked = word => AROUND.reduce((rest, each) => rest.replace(each, ''), word);

// The link `https://HOST/v#…` that a word without white space is, or stands for; null for any other word.
//
// Read are: `HTTPS` in any case, `%23` for the `#` behind `/v`, marks around it, and all that inside of a Safe Link.
export function straight(word) {
  const found = LINK.exec(withinSafeLink(unmarked(word)));
  return found && `https://${found[1]}/v#${found[2]}`;
}

// Outlook puts the address of a link, percent-encoded, into one of its own.
function withinSafeLink(link) {
  const found = SAFE_LINK.exec(link);
  if(!found || found[1].length > MAX_CARRIED_LINK_CHARACTERS) {
    return link;
  }
  return found[1].replace(ESCAPE, (_, code) => String.fromCharCode(parseInt(code, 16)));
}
