/** Searches while one types: the rows that are found take the place of those shown. */

import { find } from './find.js';

let waiting;

document.querySelector('form.filters').addEventListener('input', () => {
  clearTimeout(waiting);
  waiting = setTimeout(find, 200);
});
