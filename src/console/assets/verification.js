/** Looks again every second how far a verification is, until it has come to its end; then says so. */

const shown = document.getElementById('verification');
const said = document.getElementById('said');

async function look() {
  const answer = await fetch(location.href, { headers: { accept: 'text/html', 'x-live': 'true' } });
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const next = page.getElementById('verification');
  if (next === null || answer.redirected) return;
  const bar = next.querySelector('progress');
  const running = shown.querySelector('progress');
  if (bar !== null && running !== null) {
    // the bar stays the same one, so that it moves on
    for (const name of ['max', 'value']) if (bar.hasAttribute(name)) running.setAttribute(name, bar.getAttribute(name));
    shown.querySelector('label').textContent = next.querySelector('label').textContent;
  } else {
    shown.replaceChildren(...next.childNodes);
    said.textContent = shown.querySelector('.alert-title').textContent;
  }
  if (bar !== null) setTimeout(look, 1_000);
}

setTimeout(look, 500);
