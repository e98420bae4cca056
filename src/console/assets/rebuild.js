/** Follows a rebuild of the tables while it is under way: its part of the page is fetched again every second. */

const part = document.getElementById('rebuild');

async function follow() {
  if (part.dataset.status !== 'running') return;
  const answer = await fetch('/store', { headers: { accept: 'text/html', 'x-live': 'true' } });
  const next = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('rebuild');
  if (next === null) return;
  part.replaceChildren(...next.childNodes);
  part.dataset.status = next.dataset.status;
  setTimeout(follow, 1_000);
}

setTimeout(follow, 1_000);
