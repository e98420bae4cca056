/** Shows beforehand, while one types, what sending the form would come to; nothing is recorded by it. */

const shown = document.getElementById('preview');
const reason = document.getElementById('reason');
const form = shown.closest('form');
let waiting;
let asked;

async function preview() {
  asked?.abort();
  asked = new AbortController();
  const fields = new URLSearchParams(new FormData(form));
  try {
    const answer = await fetch(shown.dataset.from, {
      method: 'POST',
      headers: { accept: 'text/html', 'x-form-token': fields.get('formToken') },
      body: fields,
      signal: asked.signal,
    });
    if (answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const next = page.getElementById('preview');
    if (next === null) return;
    shown.replaceChildren(...next.childNodes);
    // the field itself stays while it is being filled in
    const wanted = page.getElementById('reason');
    if (reason?.childElementCount === 0) reason.replaceChildren(...wanted.childNodes);
  } catch (error) {
    if (error.name !== 'AbortError') throw error;
  }
}

form.addEventListener('input', () => {
  clearTimeout(waiting);
  waiting = setTimeout(preview, 250);
});
