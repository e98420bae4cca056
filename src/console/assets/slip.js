/** A file that is dropped or chosen is sent in place of pasted lines; the report takes its place in the page. */

const form = document.getElementById('slip-form');
const drop = document.getElementById('drop');
const chosen = document.getElementById('slip-file');
const progress = document.getElementById('progress');
const report = document.getElementById('report');

for (const kind of ['dragenter', 'dragover'])
  drop.addEventListener(kind, (event) => {
    event.preventDefault();
    drop.classList.add('over');
  });
drop.addEventListener('dragleave', () => drop.classList.remove('over'));
drop.addEventListener('drop', (event) => {
  event.preventDefault();
  drop.classList.remove('over');
  chosen.files = event.dataTransfer.files;
  send('check');
});
chosen.addEventListener('change', () => chosen.files.length > 0 && send('check'));

form.addEventListener('submit', (event) => {
  if (chosen.files.length === 0) return;
  event.preventDefault();
  send(event.submitter.value);
});

function send(step) {
  const fields = new FormData(form);
  const formToken = fields.get('formToken');
  // all but what the file stands for
  for (const name of ['formToken', form.querySelector('textarea').name]) fields.delete(name);
  const query = new URLSearchParams([...fields, ['step', step]]);
  const request = new XMLHttpRequest();
  request.open('POST', `${form.getAttribute('action')}?${query}`);
  request.setRequestHeader('accept', 'text/html');
  request.setRequestHeader('content-type', 'text/csv');
  request.setRequestHeader('x-form-token', formToken);
  if (step === 'file') request.responseType = 'blob';
  // sent by and by; then nobody knows how far it is
  request.upload.addEventListener('progress', ({ loaded, total }) => (progress.value = loaded / total));
  request.upload.addEventListener('load', () => progress.removeAttribute('value'));
  request.addEventListener('loadend', () => {
    progress.hidden = true;
    // recorded: the form leads on to what came of it
    if (request.responseURL !== '' && new URL(request.responseURL).pathname !== form.getAttribute('action'))
      location.assign(request.responseURL);
    else if (step === 'file' && request.status === 200) save(request.response);
    else if (step !== 'file' && request.status !== 0) show(request.responseText);
  });
  progress.hidden = false;
  request.send(chosen.files[0]);
}

function show(text) {
  const found = new DOMParser().parseFromString(text, 'text/html');
  const next = found.getElementById('report') ?? found.querySelector('main');
  report.replaceChildren(...next.childNodes);
}

function save(file) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = 'bordereau-a-corriger.csv';
  link.click();
  URL.revokeObjectURL(link.href);
}
