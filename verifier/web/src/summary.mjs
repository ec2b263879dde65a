// What a person reads of a credential: labelled lines, taken from what was signed and has a meaning.
import {asList, isObject} from './format/types.mjs';
import {isPresentation, isStatusList} from './model.mjs';
import {visible} from './format/display.mjs';

// [label, text] pairs in reading order; texts are safe to show.
export function lines(credential) {
  return allLines(credential).filter(([, text]) => text).map(([label, text]) => [label, visible(text)]);
}

function allLines(credential) {
  const document = credential.statements;
  if(isPresentation(document)) {
    return [['Presented by', credential.issuer || 'nobody who is named']];
  }
  const aboutNobody = isStatusList(document);
  return [
    ...objects(document.credentialSubject).flatMap(subject =>
      aboutNobody ? [['List for', textOf(subject.statusPurpose)]] : subjectLines(subject)),
    ['Title', nameOf(document)],
    ['Issuer', issuerOf(credential)],
    ['Awarded', textOf(document.awardedDate)],
    ['Valid from', textOf(document.validFrom)],
    ['Valid until', textOf(document.validUntil)]
  ];
}

function subjectLines(subject) {
  const names = objects(subject.identifier)
    .filter(entry => textOf(entry.identityType) === 'name' && textOf(entry.hashed) === 'false')
    .map(entry => textOf(entry.identityHash));
  return [
    ['Holder', names.join(', ') || nameOf(subject)],
    ["Holder's DID", textOf(subject.id)],
    ...objects(subject.achievement).map(achievement =>
      ['Credential', `${nameOf(achievement)}, version ${textOf(achievement.version) || 'not stated'}`]),
    ['Number', textOf(subject.licenseNumber)],
    ['How checked', textOf(subject.narrative)]
  ];
}

function issuerOf({statements, issuer}) {
  const name = isObject(statements.issuer) ? nameOf(statements.issuer) : '';
  return name ? `${name} (${issuer})` : issuer;
}

const nameOf = ({name}) => textOf(name);

const objects = value => asList(value).filter(isObject);

// The text of a value in any of the forms that one eddsa-rdfc-2022 signature covers alike.
function textOf(value) {
  return [...new Set(asList(value).map(oneText))].filter(Boolean).join(', ');
}

function oneText(value) {
  const inner = isObject(value) ? value['@value'] : value;
  return typeof inner === 'boolean' ? String(inner) : typeof inner === 'string' ? inner : '';
}
