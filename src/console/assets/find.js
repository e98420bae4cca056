/** Asks what a form of filters asks for; what is found takes the place of what is shown, and the address goes along. */

const form = document.querySelector('form.filters');
const shown = document.getElementById('found');
let asked;

/** @returns what is shown now; undefined when the question was refused, or another one came after it */
export async function find() {
  const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== ''));
  const address = `${form.getAttribute('action')}?${query}`;
  asked?.abort();
  asked = new AbortController();
  try {
    const answer = await fetch(address, { headers: { accept: 'text/html' }, signal: asked.signal });
    const found = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('found');
    if (found === null || !answer.ok || answer.redirected) return undefined;
    shown.replaceChildren(...found.childNodes);
    history.replaceState(null, '', address);
    return shown;
  } catch (error) {
    if (error.name !== 'AbortError') throw error;
    return undefined;
  }
}
