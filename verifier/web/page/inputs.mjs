// The form: paste, choose, drop, and look up. Each is told apart here, and handed on as documents or as a question.
import {el} from './dom.mjs';
import {opened} from './files.mjs';
import {say} from './language.mjs';
import {understood} from './pasted.mjs';

// {form, take}: the elements, and the function that takes a text as if it had been pasted.
//
// `on`: `documents` gets a list of {data, name, cleaned}, `ask` a public id (null where nobody can be asked), `problem`
// the id of a field, keys of sentences, and the names of the files that they are about, if any.
export function inputs(on) {
  const take = text => received(understood(text), on);
  return {form: [...pasteForm(take, on), ...(on.ask ? idForm(on) : [])], take};
}

function pasteForm(take, on) {
  const field = el('textarea', {
    id: 'document', rows: '6', spellcheck: 'false', autocomplete: 'off', dir: 'auto',
    'aria-describedby': 'document-hint'
  });
  field.addEventListener('focus', () => field.select()); // what is pasted next takes the place of what is there
  const files = el('input', {type: 'file', id: 'file', multiple: true, 'aria-describedby': 'file-hint'});
  files.addEventListener('change', async () => {
    await chosen([...files.files], on);
    files.value = ''; // the same file may be chosen again
  });
  dropped(on);
  return [
    el('h2', {class: 'no-print'}, say('paste.title')),
    el('form', {class: 'no-print', submit: event => {
      event.preventDefault();
      take(field.value);
    }},
    el('div', {class: 'field'}, el('label', {for: 'document'}, say('paste.label')),
      el('p', {class: 'hint', id: 'document-hint'}, say('paste.hint')), field),
    el('button', {type: 'submit'}, say('paste.button')),
    el('div', {class: 'field second'}, el('label', {for: 'file'}, say('files.label')),
      el('p', {class: 'hint', id: 'file-hint'}, say('files.hint')), files))
  ];
}

function idForm(on) {
  const field = el('input', {
    type: 'text', id: 'id', autocomplete: 'off', autocapitalize: 'characters', spellcheck: 'false', maxlength: '100',
    'aria-describedby': 'id-hint id-sent'
  });
  return [
    el('h2', {class: 'no-print'}, say('id.title')),
    el('form', {class: 'no-print', submit: event => {
      event.preventDefault();
      const {id} = understood(field.value);
      return id ? on.ask(id) : on.problem('id', 'id.form');
    }},
    el('div', {class: 'field'}, el('label', {for: 'id'}, say('id.label')),
      el('p', {class: 'hint', id: 'id-hint'}, say('id.hint')), field,
      el('p', {class: 'hint', id: 'id-sent'}, say('id.sent', {host: location.host}))),
    el('button', {type: 'submit'}, say('id.button')))
  ];
}

// A number is put into its field and asked for by the reader: nothing is sent because of a paste.
async function received({text, cleaned = [], id, qr, link}, on) {
  if(id) {
    return offered(id, on);
  }
  if(link) {
    return on.problem('document', 'link');
  }
  const given = qr ?? text;
  if(!given) {
    return on.problem('document', 'empty');
  }
  return on.documents([{data: new TextEncoder().encode(given), name: say('pasted'), cleaned: cleaned ?? []}]);
}

function offered(id, on) {
  const field = document.getElementById('id');
  if(!field) {
    return on.problem('document', 'id.unreachable');
  }
  field.value = id;
  field.form.querySelector('button').focus();
  return null;
}

async function chosen(files, on) {
  const found = await Promise.all(files.map(async file => ({name: file.name, ...await opened(file)})));
  const documents = found.filter(({data}) => data);
  const refused = found.filter(each => each.refused);
  if(documents.length) {
    await on.documents(documents);
  }
  if(refused.length) {
    on.problem('file', refused.map(each => `refused.${each.refused}`), refused.map(({name}) => name));
  }
}

function dropped(on) {
  const marked = event => {
    const files = [...event.dataTransfer?.types ?? []].includes('Files');
    if(files) {
      event.preventDefault();
    }
    document.body.classList.toggle('dropping', files && event.type === 'dragover');
  };
  ['dragover', 'dragleave', 'drop'].forEach(type => document.addEventListener(type, marked));
  document.addEventListener('drop', event => chosen([...event.dataTransfer?.files ?? []], on));
}
