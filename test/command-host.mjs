/** Runs the built command line, one command after the other, for specs that ask for many: the modules are loaded once. */

// by its address: it is there once the product is built
const { runCommandLine } = await import(new URL('../dist/src/terminal/command-line.js', import.meta.url));

/** A command that finds a parent to report to would speak on this channel. */
const send = process.send.bind(process);
process.send = undefined;

let before = Promise.resolve();

process.on('message', (asked) => {
  before = before.then(() => run(asked));
});

async function run({ words, environment }) {
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, environment);
  const said = { stdout: '', stderr: '' };
  const written = ['stdout', 'stderr'].map((name) => {
    const { write } = process[name];
    process[name].write = (text, encoding, done = encoding) => {
      said[name] += text;
      if (typeof done === 'function') done();
      return true;
    };
    return () => (process[name].write = write);
  });
  const code = await runCommandLine(words);
  for (const restore of written) restore();
  send({ code, out: said.stdout, err: said.stderr });
}

send('ready');
