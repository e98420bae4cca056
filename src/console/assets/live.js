/** Follows the log while the page is in sight: when it has moved, the page's live part is fetched again and put in place. */

import { morph } from './morph.js';

const bar = document.querySelector('.live');
const note = bar.querySelector('.live-note');
const button = bar.querySelector('button');
const part = document.getElementById('live-part');
const clock = new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: 'medium' });
const { from, following, updated, paused, lost, over, pause, resume } = bar.dataset;
let { position } = bar.dataset;
let source;
let isPaused = false;
let isFetching = false;
let hasMovedOn = false;

function say(text) {
  if (note.textContent !== text) note.textContent = text;
}

function close() {
  source?.close();
  source = undefined;
}

function stop(why) {
  close();
  say(why);
  button.hidden = true;
}

function follow() {
  close();
  source = new EventSource(from);
  source.addEventListener('open', () => {
    if (note.textContent === '' || note.textContent === paused) say(following);
  });
  source.addEventListener('moved', ({ data }) => {
    if (data !== position) void refresh();
  });
  source.addEventListener('over', () => stop(over));
  source.addEventListener('error', () => {
    // the browser tries again by itself, unless the answer was no
    if (source?.readyState === EventSource.CLOSED) stop(lost);
  });
}

async function refresh() {
  hasMovedOn = isFetching;
  if (isFetching) return;
  isFetching = true;
  try {
    const answer = await fetch(location.href, { headers: { accept: 'text/html', 'x-live': 'true' } });
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const next = page.getElementById('live-part');
    if (answer.redirected) stop(over);
    else if (answer.ok && next !== null && !isPaused) show(page, next);
  } catch {
    // the next event, or the next connection, tries again
  } finally {
    isFetching = false;
  }
  if (hasMovedOn && source !== undefined) await refresh();
}

function show(page, next) {
  const focused = document.activeElement;
  const href = part.contains(focused) ? focused.getAttribute('href') : null;
  morph(part, next);
  // rows may have been put in above: the focus stays with the figure, not with its place
  if (href !== null && document.activeElement?.getAttribute('href') !== href)
    part.querySelector(`a[href="${CSS.escape(href)}"]`)?.focus({ preventScroll: true });
  position = page.querySelector('.live').dataset.position;
  const [foot, nextFoot] = [document, page].map((of) => of.querySelector('.bottom .number'));
  if (foot !== null && nextFoot !== null) foot.textContent = nextFoot.textContent;
  say(`${updated} ${clock.format(new Date())}`);
}

button.addEventListener('click', () => {
  isPaused = !isPaused;
  button.textContent = isPaused ? resume : pause;
  if (isPaused) {
    close();
    say(paused);
  } else follow();
});

// a page that nobody sees holds no connection; seen again, it first hears where the log is
document.addEventListener('visibilitychange', () => {
  if (button.hidden || isPaused) return;
  if (document.visibilityState === 'hidden') close();
  else follow();
});

bar.hidden = false;
if (document.visibilityState === 'visible') follow();
