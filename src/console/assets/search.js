/** Searches while one types: the rows that are found take the place of those shown; the address follows. */

const form = document.querySelector('form.filters');
const shown = document.getElementById('found');
let waiting;
let asked;

async function search() {
  const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== ''));
  const address = `${form.getAttribute('action')}?${query}`;
  asked?.abort();
  asked = new AbortController();
  try {
    const answer = await fetch(address, { headers: { accept: 'text/html' }, signal: asked.signal });
    const found = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('found');
    if (found === null || answer.redirected) return;
    shown.replaceChildren(...found.childNodes);
    history.replaceState(null, '', address);
  } catch (error) {
    if (error.name !== 'AbortError') throw error;
  }
}

form.addEventListener('input', () => {
  clearTimeout(waiting);
  waiting = setTimeout(search, 200);
});
