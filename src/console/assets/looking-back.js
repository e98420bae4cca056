/** Two dates slide, the balances follow: what is found takes the place of what is shown, and the address goes along. */

import { find } from './find.js';

const form = document.querySelector('form.filters');
const said = document.getElementById('said');
const sliders = [...document.querySelectorAll('#sliders input[type=range]')];
const DAY = 86_400_000;
let waiting;

const fieldOf = (slider) => form.elements[slider.dataset.field];
const dayAt = ({ dataset, value }) => new Date(Date.parse(dataset.first) + value * DAY).toISOString().slice(0, 10);
const french = (day) => day.split('-').toReversed().join('/');

/** As pages show days: each in its language. */
function say(slider) {
  const day = dayAt(slider);
  const text = document.documentElement.lang === 'fr' ? french(day) : day;
  slider.parentElement.querySelector('output').textContent = text;
  slider.setAttribute('aria-valuetext', text);
}

async function look() {
  const found = await find();
  if (found !== undefined) said.textContent = found.querySelector('h2').textContent;
}

function soon(milliseconds) {
  clearTimeout(waiting);
  waiting = setTimeout(look, milliseconds);
}

for (const slider of sliders) {
  say(slider);
  slider.addEventListener('input', () => {
    fieldOf(slider).value = french(dayAt(slider));
    say(slider);
    soon(120);
  });
  fieldOf(slider).addEventListener('input', ({ target }) => {
    const [, day, month, year] = /^(\d\d)\/(\d\d)\/(\d{4})$/.exec(target.value.trim()) ?? [];
    if (year === undefined) return;
    slider.value = (Date.parse(`${year}-${month}-${day}`) - Date.parse(slider.dataset.first)) / DAY;
    say(slider);
    soon(300);
  });
}
form.addEventListener('change', ({ target }) => target.matches('select') && soon(0));
document.getElementById('sliders').hidden = false;
