// What comes in, told apart, and handed on as documents or as a question: a text, files, or what the camera sees.
import {say, sayMore} from './language.mjs';

// {text, files, camera, problem}: functions that take such things.
//
// `on`: `begin` gives a signal that says when something else is asked, which ends what was asked before, the camera
// included; `documents` gets a list of {data, name, cleaned} and that signal; `judge` gets one of them and another
// such signal, and promises {judgement} or {sentence}; `problem` gets the id of a field, sentences, and the names of the
// files that they are about, if any; `elsewhere` says of a link which foreign host it leads to; `ask` asks about a number,
// null where nobody can be asked; `place` is where the camera is drawn; `tell` says a text to whoever does not see the
// page.
export function intake(on) {
  const own = {
    ...on,
    meant: (text, name) => meant(text, name, on),
    offered: id => offered(id, on),
    taken: (text, name) => taken(text, name, on)
  };
  return {
    text: given => taken(given, say('pasted'), on),
    files: files => handed(files, own, import('./chosen.mjs')),
    camera: many => handed(many, own, import('./scan/filmed.mjs')),
    problem: on.problem
  };
}

// Of files and the camera, what takes them is loaded when there are any.
async function handed(given, own, loading) {
  const signal = own.begin();
  const [{take}] = await Promise.all([loading, sayMore()]);
  return take(given, own, signal);
}

async function taken(given, name, on) {
  const signal = on.begin();
  const {document, id, problem} = await meant(given, name, on);
  if(signal.aborted) {
    return null;
  }
  if(id) {
    return offered(id, on);
  }
  return problem ? on.problem('document', [problem]) : on.documents([document], signal);
}

// As `understood` of pasted.mjs, which is loaded for what is not JSON as it stands, with what is said of such texts.
export async function understood(text) {
  if(isJson(text)) {
    return {text: text.trim(), cleaned: []};
  }
  const [pasted] = await Promise.all([import('./pasted.mjs'), sayMore()]);
  return pasted.understood(text);
}

function isJson(text) {
  try {
    return typeof JSON.parse(text) === 'object';
  } catch{
    return false;
  }
}

// What a text is meant to be: {document}, {id}, or {problem}, a sentence.
async function meant(given, name, on) {
  const {text = '', cleaned = [], id, qr, link} = await understood(given);
  const host = (id || qr) && await on.elsewhere(qr ?? link);
  if(host) {
    return {problem: say('elsewhere', {host})};
  }
  if(id || link) {
    return id ? {id} : {problem: say('link')};
  }
  const data = new TextEncoder().encode(qr ?? text);
  return data.length ? {document: {data, name, cleaned}} : {problem: say('empty')};
}

// A number is put into its field and asked for by the reader: nothing is sent because of a paste.
function offered(id, on) {
  const field = document.getElementById('id');
  if(!field) {
    return on.problem('document', [say('code.number', {id})]);
  }
  field.value = id;
  field.form.querySelector('button').focus();
  return null;
}
